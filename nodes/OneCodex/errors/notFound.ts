import type { OneCodexError } from './oneCodexError';

/**
 * Whether One Codex has no such thing. A gateway whose service is away answers 404 just as well, and
 * tells nothing of what there is.
 */
export const isNotFound = ({ facts }: OneCodexError): boolean =>
	facts.httpCode === 404 && !facts.isBetween;
