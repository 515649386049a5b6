/**
 * Finds faults that the tests would let through: `npm run mutate -- errors http/retry.ts` changes
 * these places of nodes/OneCodex in many small ways, one at a time, and looks whether a test fails.
 * What the unit tests let live meets those of the engine, unless `--unit` is among the places; what
 * they let live too is listed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STRYKER = ['core', 'jest-runner'].map((name) => `@stryker-mutator/${name}@10.0.0`);

const FOLDERS = ['errors', 'http', 'storage', 'api', 'upload'];

/** Tables: a unit test compares the words with docs/errors.md, and the others are as long as dull. */
const TABLES = [
	'errors/{between,messages,proxyMessages}.ts',
	'api/letters.ts',
	'upload/extensions.ts',
].map((path) => `!nodes/OneCodex/${path}`);

/** Statuses of mutants that no test has noticed. */
const ALIVE = new Set(['Survived', 'NoCoverage', 'Ignored']);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, 'artifacts', 'mutation');

const configOf = (tests, mutate) => ({
	mutate,
	testRunner: 'jest',
	// npx has it beside Stryker itself, which looks there alone.
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { configFile: 'test/mutation/jest.config.js', enableFindRelatedTests: false },
	coverageAnalysis: 'perTest',
	// The engine runs what is compiled; and with a constant all of its tests have to do, for minutes.
	...(tests === 'engine' && { buildCommand: 'tsc -p tsconfig.build.json', ignoreStatic: true }),
	// A file that is not there: to rewrite ours, Stryker would want a TypeScript of its own.
	tsconfigFile: 'none',
	ignorePatterns: ['.cache', 'artifacts', 'coverage', 'dist', 'docs/images'],
	tempDirName: join('artifacts', 'mutation', 'sandbox'),
	reporters: ['json', 'progress-append-only'],
	jsonReporter: { fileName: join(reports, `${tests}.json`) },
	allowEmpty: true,
	concurrency: 1,
	// The machine may be busy.
	dryRunTimeoutMinutes: 60,
	timeoutMS: 15_000,
	timeoutFactor: 2,
});

/** Runs Stryker with the tests of a folder; gives the mutants, each by what is changed where. */
function tryMutants(tests, mutate) {
	const config = join(reports, `${tests}.config.json`);
	writeFileSync(config, JSON.stringify(configOf(tests, mutate)));
	const packages = STRYKER.flatMap((name) => ['--package', name]);
	const { status } = spawnSync('npx', ['--yes', ...packages, 'stryker', 'run', config], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, MUTATION_TESTS: tests },
	});
	if (status !== 0) throw new Error(`Stryker ended with ${status}`);
	const { files } = JSON.parse(readFileSync(join(reports, `${tests}.json`), 'utf8'));
	return new Map(
		Object.entries(files).flatMap(([file, { source, mutants }]) =>
			mutants.map(({ status, location, mutatorName, replacement }) => [
				JSON.stringify([file, location, mutatorName, replacement]),
				{ file, source, status, location, replacement },
			]),
		),
	);
}

const isAlive = ({ status }) => ALIVE.has(status);

/** As Stryker takes a place, which counts columns from 0 there and from 1 in its report. */
const placeOf = ({ file, location: { start, end } }) =>
	`${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

function described({ file, source, status, location: { start, end }, replacement }) {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	const last = lines.length === 1 ? end.column - 1 : undefined;
	const changed = lines[0].slice(start.column - 1, last);
	return `${file}:${start.line}:${start.column} ${status}\n  - ${changed}\n  + ${replacement.split('\n')[0]}`;
}

const given = process.argv.slice(2).filter((argument) => argument !== '--unit');
const places = (given.length > 0 ? given : FOLDERS).map((place) =>
	place.endsWith('.ts') ? `nodes/OneCodex/${place}` : `nodes/OneCodex/${place}/**/*.ts`,
);
mkdirSync(reports, { recursive: true });

const all = tryMutants('unit', [...places, ...TABLES]);
const left = [...all.values()].filter(isAlive).map(placeOf);
if (left.length > 0 && !process.argv.includes('--unit')) {
	for (const [key, mutant] of tryMutants('engine', left)) {
		// What lies within such a place may have been killed before.
		if (all.has(key) && isAlive(all.get(key))) all.set(key, mutant);
	}
}

const survivors = [...all.values()].filter(isAlive);
const killed = all.size - survivors.length;
writeFileSync(join(reports, 'survivors.txt'), survivors.map(described).join('\n\n') + '\n');
console.log(survivors.map(described).join('\n\n'));
console.log(`${killed} of ${all.size} killed: ${Math.round((100 * killed) / all.size)} %`);
