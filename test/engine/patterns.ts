import * as workflow from 'n8n-workflow';

const compiled = (pattern: string | RegExp, flags?: string) => new RegExp(pattern, flags);
const globally = (flags = '') => (flags.includes('g') ? flags : `${flags}g`);

/**
 * n8n gives a pattern a quarter of a second by the clock, in which a busy machine may not come to it
 * at all. The patterns of the tests need no such guard.
 */
workflow.setSafeRegexEngine({
	exec: (pattern, input, flags) => compiled(pattern, flags).exec(input),
	test: (pattern, input, flags) => compiled(pattern, flags).test(input),
	replace: (pattern, input, flags, replacement) =>
		input.replace(compiled(pattern, flags), replacement),
	matchAll: (pattern, input, flags) => [...input.matchAll(compiled(pattern, globally(flags)))],
	split: (pattern, input, flags) => input.split(compiled(pattern, flags)),
});

// The engine is not this test file's alone.
afterAll(() => workflow.resetSafeRegexEngine());
