const { availableParallelism } = require('node:os');

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

/** What tests of the engine import of n8n, from an installation of that version. */
const installed = (n8nVersion) => ({
	'^(n8n-core|n8n-workflow|@n8n/di|reflect-metadata)(/.*)?$': `<rootDir>/.cache/n8n-${n8nVersion}/node_modules/$1$2`,
});

/** What test files with an n8n share in a run. */
const shared = {
	globalSetup: '<rootDir>/test/n8n/shared/globalSetup.ts',
	globalTeardown: '<rootDir>/test/n8n/shared/globalTeardown.ts',
};

const projects = [
	project('unit'),
	project('docs'),
	project('engine', { globals: { n8nVersion: newest } }),
	project('n8n', { globals: { n8nVersion: newest }, ...shared }),
	...older.flatMap((n8nVersion) => {
		const named = (folder) => ({
			displayName: `${folder}-${n8nVersion}`,
			globals: { n8nVersion },
		});
		return [
			project('engine', { ...named('engine'), moduleNameMapper: installed(n8nVersion) }),
			project('n8n', { ...named('n8n'), ...shared }),
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
