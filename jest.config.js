/** Three projects, by what they need: nothing, the compiled node, a whole n8n. */
const project = (name) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/credentials'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }],
		// The compiled node keeps its source map, so that what runs counts for what is written.
		'<rootDir>/dist/.+\\.js$': '<rootDir>/test/compiled.js',
	},
});

module.exports = {
	testTimeout: 60_000,
	coverageProvider: 'v8',
	collectCoverageFrom: [
		'nodes/**/*.ts',
		'credentials/**/*.ts',
		'dist/**/*.js',
		'!nodes/**/types.ts',
	],
	projects: [project('unit'), project('engine'), project('n8n')],
};
