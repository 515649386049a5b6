import type { ApiAnswer } from '../api/router';

/** What the stand-in would have answered, but the API's description does not allow: bugs of its own. */
export class Violations {
	/** In the order of the requests. */
	readonly all: string[] = [];

	/** @throws Error with the problem, if there is one, which is kept. */
	checked(answer: ApiAnswer, problem: string | undefined): ApiAnswer {
		if (problem === undefined) return answer;
		this.all.push(problem);
		throw new Error(`The stand-in violates the API's description: ${problem}`);
	}

	/** @throws Error that names them all, so that no test passes over one; they are forgotten then. */
	settle(): void {
		const problems = this.all.splice(0);
		if (problems.length === 0) return;
		throw new Error(`The stand-in violated the API's description: ${problems.join('; ')}`);
	}
}
