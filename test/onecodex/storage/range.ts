import { S3Error } from './errors';

/** The first and the last byte, counted from 0, both included. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * What a Range header asks of `size` bytes. undefined is the whole object: without the header, and,
 * as in S3, for several ranges and for what is no range (RFC 9110, 14.2).
 *
 * @throws S3Error InvalidRange when the object has no such bytes.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
	if (!match || match[0] === 'bytes=-') return undefined;
	const [, first, last] = match;
	const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (first !== '' && last !== '' && Number(last) < start) return undefined;
	if (start >= size) {
		throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
			RangeRequested: match[0],
			ActualObjectSize: String(size),
		});
	}
	return { start, end };
}
