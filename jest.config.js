/** Three projects, by what they need: nothing, the compiled node, a whole n8n. */
const project = (name, testTimeout) => ({
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	testTimeout,
	roots: ['<rootDir>/test', '<rootDir>/nodes', '<rootDir>/credentials', '<rootDir>/dist'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
});

module.exports = {
	coverageProvider: 'v8',
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	projects: [project('unit', 10_000), project('engine', 60_000), project('n8n', 900_000)],
};
