import { closing } from './closing';

/**
 * An `it.each` for cases that mostly wait for a clock: with the first of them all begin, so many at
 * a time, and each is still a test of its own.
 */
export function sideBySide<Case extends readonly unknown[]>(cases: Case[], atATime = 6) {
	return (name: string, action: (...args: Case) => Promise<void>): void => {
		let begun: Array<Promise<void>> | undefined;
		const begin = (): Array<Promise<void>> => {
			const lanes: Array<Promise<unknown>> = [];
			return cases.map((args, index) => {
				const lane = index % atATime;
				const run = async () => await closing(async () => await action(...args));
				const outcome = (lanes[lane] ?? Promise.resolve()).then(run);
				// Its own test tells of it, whose turn may come later.
				lanes[lane] = outcome.catch(() => undefined);
				return outcome;
			});
		};
		it.each(cases.map((args, index) => [...args, index]))(name, async (...args: unknown[]) => {
			begun ??= begin();
			await begun[args.at(-1) as number];
		});
	};
}
