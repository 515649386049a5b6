import type { IN8nHttpFullResponse } from 'n8n-workflow';

/** Retry-After (RFC 9110, 10.2.3), seconds or a date, in milliseconds from now. */
export function retryAfter(headers: IN8nHttpFullResponse['headers']): number | undefined {
	const header = headers['retry-after'];
	if (typeof header !== 'string') return undefined;
	const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
