import type { IN8nHttpFullResponse } from 'n8n-workflow';

type Headers = IN8nHttpFullResponse['headers'];

/** All values of a header, in their order; names are the same in small and in capital letters. */
export function headerValues(headers: Headers, name: string): string[] {
	return Object.entries(headers)
		.filter(([each]) => each.toLowerCase() === name)
		.flatMap(([, value]) => value as unknown)
		.filter((value) => typeof value === 'string' || typeof value === 'number')
		.map((value) => String(value).trim());
}

/** The value of a header that comes once; undefined where it is missing, or comes again. */
export function headerOf(headers: Headers, name: string): string | undefined {
	const values = headerValues(headers, name);
	return values.length === 1 ? values[0] : undefined;
}

/** Content-Length; undefined where there is none that can be a number of bytes. */
export function contentLength(headers: Headers): number | undefined {
	return wholeNumber(headerOf(headers, 'content-length') ?? '');
}

/** Which bytes a part has, first and last, and of how many; undefined where that is not known. */
export interface ContentRange {
	first: number;
	last: number;
	size?: number;
}

/**
 * Content-Range (RFC 9110, 14.4): `bytes 0-9/100`, with an asterisk for a size that is not
 * known. Undefined for what is none, and for that of a 416, which has no bytes.
 */
export function contentRange(headers: Headers): ContentRange | undefined {
	const value = headerOf(headers, 'content-range') ?? '';
	const [, from, to, total] = /^bytes +(\d+)-(\d+)\/(\d+|\*)$/i.exec(value) ?? [];
	const [first, last, size] = [from, to, total].map((text) => wholeNumber(text ?? ''));
	if (first === undefined || last === undefined || last < first) return undefined;
	if (total === '*') return { first, last };
	return size === undefined || last >= size ? undefined : { first, last, size };
}

/** The size that a 416 tells, with an asterisk in place of the bytes. */
export function sizeOfUnsatisfied(headers: Headers): number | undefined {
	const value = headerOf(headers, 'content-range') ?? '';
	return wholeNumber(/^bytes +\*\/(\d+)$/i.exec(value)?.[1] ?? '');
}

/** The number that a header's digits are; undefined for anything else. */
export function wholeNumber(text: string): number | undefined {
	const number = /^\d+$/.test(text) ? Number(text) : NaN;
	return Number.isSafeInteger(number) ? number : undefined;
}
