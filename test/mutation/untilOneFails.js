const { TestEnvironment } = require('jest-environment-node');

/**
 * Milliseconds of its own that a mutant's tests in the engine may take; what none has found by then
 * counts as alive. All of the unit tests take less.
 */
const LONGEST_MS = 60_000;

const ownTime = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
};

/** Leaves out the tests after the first that fails: a mutant is killed once. */
module.exports = class extends TestEnvironment {
	#failed = false;
	#end = process.env.__STRYKER_ACTIVE_MUTANT__ ? ownTime() + LONGEST_MS : Infinity;

	handleTestEvent({ name, test, testNamePattern }) {
		if (name === 'setup') {
			// Without backslashes it has the tests that run the changed place, each with its file.
			this.global.wanted = testNamePattern?.replaceAll('\\', '');
			// If no test runs a place of any, Stryker takes that for not measured, and runs all tests.
			const stryker = this.global.__stryker__;
			if (stryker) stryker.mutantCoverage ??= { static: {}, perTest: {} };
		}
		if (name === 'test_fn_failure' || name === 'hook_failure') this.#failed = true;
		const isOver = this.#failed || ownTime() > this.#end;
		if (name === 'test_start' && isOver) test.mode = 'skip';
	}
};
