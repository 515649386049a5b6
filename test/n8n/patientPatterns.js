const { Script } = require('node:vm');

/** Milliseconds, by the clock, that n8n gives a field's pattern. */
const N8N_GIVES = 250;
const OURS = 60_000;

const { runInContext } = Script.prototype;

/**
 * Loaded into the n8n of the tests: a busy machine may not come to a pattern at all in n8n's time, and
 * n8n then runs nothing. What a pattern is checked for stays as it is.
 */
Script.prototype.runInContext = function (context, options) {
	const isPattern = options?.timeout === N8N_GIVES;
	return runInContext.call(this, context, isPattern ? { ...options, timeout: OURS } : options);
};
