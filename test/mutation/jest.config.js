const { resolve } = require('node:path');

const { projects } = require('../../jest.config.js');

/** The tests that a mutant meets: `unit`, or `engine`, whose node is compiled. */
const tests = process.env.MUTATION_TESTS ?? 'unit';

const project = projects.find(({ displayName }) => displayName === tests);

module.exports = {
	...project,
	rootDir: resolve(__dirname, '../..'),
	// A mutant is seen in what jest loads.
	globals: { ...project.globals, n8nModules: undefined, tests },
	testMatch: ['<rootDir>/test/mutation/all.test.ts'],
	testEnvironment: resolve(__dirname, 'untilOneFails.js'),
	// A change may leave a promise open for ever.
	testTimeout: tests === 'unit' ? 30_000 : 90_000,
};
