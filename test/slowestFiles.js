const { relative } = require('node:path');

/** How many files to name. */
const COUNT = 10;

const seconds = (milliseconds) => `${(milliseconds / 1_000).toFixed(0).padStart(5)} s`;

/** A jest reporter that names the slowest test files at the end of a run. */
module.exports = class {
	onRunComplete(contexts, { testResults, startTime }) {
		const runtime = ({ perfStats }) => perfStats.end - perfStats.start;
		const slowest = testResults
			.filter(({ skipped }) => !skipped)
			.sort((one, other) => runtime(other) - runtime(one))
			.slice(0, COUNT);
		if (slowest.length < 2) return;
		const lines = slowest.map((result) => {
			const path = relative(process.cwd(), result.testFilePath);
			return `${seconds(runtime(result))}  ${path} (${result.displayName?.name})`;
		});
		const whole = `${seconds(Date.now() - startTime)}  the whole run`;
		process.stderr.write(['', 'The slowest files:', ...lines, whole, ''].join('\n'));
	}
};
