const { availableParallelism } = require('node:os');
const { join } = require('node:path');

const [newest, ...older] = require('./test/n8n/versions');

/** A project for what tests need: nothing, a browser, the compiled node, a whole n8n. */
const project = (folder, more = {}) => ({
	displayName: folder,
	testMatch: [`<rootDir>/test/${folder}/**/*.test.ts`],
	testEnvironment: 'node',
	roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/credentials'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }],
		// The compiled node keeps its source map, so that what runs counts for what is written.
		'<rootDir>/dist/.+\\.js$': '<rootDir>/test/compiled.js',
	},
	...more,
});

/** What tests of the engine share in a worker: the engine of an n8n, with our package. */
const engine = (n8nVersion, n8nModules) => ({
	globals: { n8nVersion, n8nModules: join(__dirname, n8nModules) },
	runtime: '<rootDir>/test/engine/runtime.js',
});

/** What test files with an n8n share in a run. */
const shared = {
	globalSetup: '<rootDir>/test/n8n/shared/globalSetup.ts',
	globalTeardown: '<rootDir>/test/n8n/shared/globalTeardown.ts',
};

const projects = [
	project('unit'),
	project('docs'),
	project('engine', engine(newest, 'node_modules')),
	project('n8n', { globals: { n8nVersion: newest }, ...shared }),
	...older.flatMap((n8nVersion) => {
		const displayName = (folder) => ({ displayName: `${folder}-${n8nVersion}` });
		return [
			project('engine', {
				...displayName('engine'),
				...engine(n8nVersion, `.cache/n8n-${n8nVersion}/node_modules`),
			}),
			project('n8n', { ...displayName('n8n'), globals: { n8nVersion }, ...shared }),
		];
	}),
];

module.exports = {
	// Half as many again as there are cores: many wait for an n8n to start, or for a clock.
	maxWorkers: Math.ceil(1.5 * availableParallelism()),
	testSequencer: '<rootDir>/test/longestFirst.js',
	reporters: ['default', '<rootDir>/test/slowestFiles.js'],
	// For what hangs; that a machine is busy is no failure.
	testTimeout: 180_000,
	coverageProvider: 'v8',
	collectCoverageFrom: [
		'nodes/**/*.ts',
		'credentials/**/*.ts',
		'dist/**/*.js',
		'!nodes/**/types.ts',
	],
	projects,
};
