import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { headerOf } from './headers';
import { httpDate } from './httpDate';

/**
 * Retry-After (RFC 9110, 10.2.3) in milliseconds: whole seconds, or a date. What is neither is as
 * if it were not there, for nothing can be made of it but a guess.
 */
export function retryAfter(headers: IN8nHttpFullResponse['headers']): number | undefined {
	const value = headerOf(headers, 'retry-after') ?? '';
	if (/^\d+$/.test(value)) {
		const milliseconds = Number(value) * 1_000;
		return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
	}
	const date = httpDate(value);
	if (date === undefined) return undefined;
	// By the server's own clock, where it says: that of this machine may be another.
	const now = httpDate(headerOf(headers, 'date') ?? '') ?? Date.now();
	return Math.max(0, date - now);
}
