import { nextPage } from '../../nodes/OneCodex/api/pages';
import {
	contentLength,
	contentRange,
	headerOf,
	sizeOfUnsatisfied,
} from '../../nodes/OneCodex/http/headers';
import { httpDate } from '../../nodes/OneCodex/http/httpDate';
import { retryAfter } from '../../nodes/OneCodex/http/retryAfter';
import { isSameObject, strongEtag, unquoted } from '../../nodes/OneCodex/storage/etag';

const NOW = Date.UTC(2026, 10, 26, 12, 0, 0);

describe('a date of HTTP (RFC 9110, 5.6.7)', () => {
	it.each([
		['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
		['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
		['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37Z'],
		['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37Z'],
		['Thursday, 26-Nov-76 12:00:00 GMT', '2076-11-26T12:00:00Z'],
		['Friday, 26-Nov-77 12:00:00 GMT', '1977-11-26T12:00:00Z'],
		['Thu, 29 Feb 2024 23:59:59 GMT', '2024-02-29T23:59:59Z'],
		['Sat, 31 Dec 2016 23:59:60 GMT', '2017-01-01T00:00:00Z'],
	])('is %j', (text, date) => {
		expect(httpDate(text, NOW)).toBe(Date.parse(date));
	});

	it.each([
		...['', '1.5', '5', '-1', '2026-11-26', '2026-11-26T12:00:00Z', 'tomorrow', 'Nov 26'],
		...['Sun, 06 Nov 1994 08:49:37', 'Sun, 06 Nov 1994 08:49:37 UTC'],
		...['Sun, 06 Nov 1994 08:49:37 +0000', 'sun, 06 nov 1994 08:49:37 gmt'],
		...['Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 94 08:49:37 GMT'],
		...['Sun, 06-Nov-1994 08:49:37 GMT', 'Sun Nov 6 08:49:37 1994'],
		...['Mon, 31 Feb 2026 00:00:00 GMT', 'Sun, 29 Feb 2026 00:00:00 GMT'],
		...['Sun, 00 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 24:00:00 GMT'],
		...['Sun, 06 Nov 1994 08:60:37 GMT', 'Sun, 06 Nov 1994 08:49:61 GMT'],
	])('is not %j', (text) => {
		expect(httpDate(text, NOW)).toBeUndefined();
	});

	it('may be in any month', () => {
		for (let month = 0; month < 12; month++) {
			const time = Date.UTC(2026, month, 15, 1, 2, 3);
			expect(httpDate(new Date(time).toUTCString())).toBe(time);
		}
	});

	it('is in GMT, wherever this machine is', () => {
		const zone = process.env.TZ;
		process.env.TZ = 'America/New_York';
		try {
			expect(httpDate('Sun Nov  6 08:49:37 1994')).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
		} finally {
			if (zone === undefined) delete process.env.TZ;
			else process.env.TZ = zone;
		}
	});
});

describe('Retry-After', () => {
	it.each([
		['0', 0],
		['120', 120_000],
		[' 5 ', 5_000],
		['007', 7_000],
	])('%j is %d ms', (value, expected) => {
		expect(retryAfter({ 'retry-after': value })).toBe(expected);
	});

	it.each<string | string[] | null | object>([
		...['', '1.5', '-5', '+5', '5s', '5, 10', '1e3', '0x10', '٣', 'soon', '5;', '"5"'],
		...['99999999999999999999', '9'.repeat(400), ['5', '10'], [], null, {}],
	])('%j says nothing', (value) => {
		expect(retryAfter({ 'retry-after': value as string })).toBeUndefined();
	});

	it('is found under any spelling of its name, and as a number', () => {
		expect(retryAfter({ 'Retry-After': '3' })).toBe(3_000);
		expect(retryAfter({ 'retry-after': 3 })).toBe(3_000);
	});

	it('counts a date from what the server takes for now', () => {
		const headers = {
			date: 'Sun, 06 Nov 1994 08:49:37 GMT',
			'retry-after': 'Sunday, 06-Nov-94 08:49:47 GMT',
		};
		expect(retryAfter(headers)).toBe(10_000);
		expect(retryAfter({ ...headers, 'retry-after': headers.date })).toBe(0);
		expect(retryAfter({ 'retry-after': headers.date })).toBe(0);
		const later = new Date(Date.now() + 10_000).toUTCString();
		expect(retryAfter({ date: 'now', 'retry-after': later })).toBeGreaterThan(7_000);
	});
});

it('Content-Length is a number of bytes, or nothing', () => {
	expect(contentLength({ 'content-length': '12' })).toBe(12);
	const others = ['', '12, 12', '-1', '1.5', '0x1', '1e3', '9'.repeat(30), ['1', '2'], undefined];
	for (const value of others) {
		expect(contentLength({ 'content-length': value })).toBeUndefined();
	}
	expect(headerOf({ 'Content-Length': 12 }, 'content-length')).toBe('12');
});

it.each([
	['bytes 0-9/100', { first: 0, last: 9, size: 100 }],
	['BYTES 10-10/11', { first: 10, last: 10, size: 11 }],
	['bytes 0-9/*', { first: 0, last: 9 }],
	['bytes  0-9/100', { first: 0, last: 9, size: 100 }],
	['bytes */100', undefined],
	['x bytes 0-9/100', undefined],
	['bytes 0-9/100 x', undefined],
	[`bytes ${'9'.repeat(30)}-9/100`, undefined],
	[`bytes 0-${'9'.repeat(30)}/*`, undefined],
	[`bytes ${'9'.repeat(30)}-${'9'.repeat(30)}/*`, undefined],
	['bytes 9-0/100', undefined],
	['bytes 0-100/100', undefined],
	['bytes 0-9', undefined],
	['bytes=0-9/100', undefined],
	['items 0-9/100', undefined],
	[`bytes 0-9/${'9'.repeat(30)}`, undefined],
	['', undefined],
])('Content-Range %j is %j', (value, expected) => {
	expect(contentRange({ 'content-range': value })).toEqual(expected);
});

it.each([
	['bytes */100', 100],
	['Bytes  */0', 0],
	['bytes 0-9/100', undefined],
	['x bytes */100', undefined],
	['bytes */100x', undefined],
	['bytes */*', undefined],
	['', undefined],
])('Content-Range %j of a 416 tells the size %j', (value, size) => {
	expect(sizeOfUnsatisfied({ 'content-range': value })).toBe(size);
	expect(sizeOfUnsatisfied({})).toBeUndefined();
});

it('a header that is neither text nor a number is none', () => {
	for (const value of [null, undefined, {}, true, [null, {}]]) {
		expect(headerOf({ name: value } as never, 'name')).toBeUndefined();
	}
	expect(headerOf({ name: [null, 'a'] } as never, 'name')).toBe('a');
});

describe('an ETag', () => {
	it.each([
		['"abc"', '"abc"', 'abc'],
		['W/"abc"', undefined, 'abc'],
		['"abc-gzip"', undefined, 'abc'],
		['"abc;br"', undefined, 'abc'],
		['"abc--gzip"', undefined, 'abc'],
		['W/"abc-gzip"', undefined, 'abc'],
		['"abc-12"', '"abc-12"', 'abc-12'],
		[' "abc" ', '"abc"', 'abc'],
		['x"abc"', undefined, 'x"abc'],
		['"abc-gzip-2"', '"abc-gzip-2"', 'abc-gzip-2'],
		['""', '""', ''],
		['abc', undefined, 'abc'],
		['"a"b"', undefined, 'a"b'],
		['', undefined, ''],
	])('%j is sent as %j, and names %j', (etag, sent, named) => {
		expect(strongEtag(etag)).toBe(sent);
		expect(unquoted(etag)).toBe(named);
	});

	it('that is missing is no other one', () => {
		expect(isSameObject(undefined, '"a"')).toBe(true);
		expect(isSameObject('"a"', undefined)).toBe(true);
		expect(isSameObject('W/"a"', '"a"')).toBe(true);
		expect(isSameObject('"a-gzip"', '"a"')).toBe(true);
		expect(isSameObject('"a"', '"b"')).toBe(false);
		expect(strongEtag(undefined)).toBeUndefined();
	});
});

describe('the next page of /api/v1/documents?page=1', () => {
	const path = '/api/v1/documents?page=1';
	const next = '/api/v1/documents?page=2';

	it.each<[unknown]>([
		[`<${next}>; rel="next"`],
		[`<${next}>; rel=next`],
		[`<${next}>;rel=next`],
		[`<${next}> ; REL = "Next"`],
		[`<https://app.onecodex.com${next}>; rel="next"`],
		[`<https://gateway.example/onecodex${next}>; rel="next"`],
		['<?page=2>; rel="next"'],
		['<documents?page=2>; rel="next"'],
		[`<${next}>; rel="last next"`],
		[`<${next}>; rel="last \t next"`],
		[`<${next}>; rel="n\\ext"`],
		[`< ${next} >; rel="next"`],
		[`<${next}>; title="a, b; rel=\\"x\\" <y>"; rel="next"; type="application/json"`],
		[`<${next}>; title*=UTF-8''n%c3%a4chste; rel="next"`],
		[`</api/v1/documents?page=1>; rel="self", <${next}>; rel="next", </x>; rel="last"`],
		[`</api/v1/documents?a=1,2;3>; rel="self",<${next}>; rel="next"`],
		[`,, <${next}>; rel="next" ,`],
		[['</x>; rel="first"', `<${next}>; rel="next"`]],
		[`</other>; rel="next"; anchor="/elsewhere", <${next}>; rel="next"`],
		[`<${next}>; rel="next"; rel="prev"`],
	])('is found in %j', (header) => {
		expect(nextPage(header, path)).toBe(next);
	});

	it.each<[unknown]>([
		[undefined],
		[''],
		[5],
		[`<${next}>`],
		[`<${next}>; rel="prev"`],
		[`<${next}>; rel="nextpage"`],
		[`<${next}>; rel="prev"; rel="next"`],
		[`<${next}>; title="rel=next"`],
		[`<${next}>; title="; rel=next"`],
		[`<${next}>; rev="next"`],
		[`x<${next}>; rel="next"`],
	])('is not in %j', (header) => {
		expect(nextPage(header, path)).toBeUndefined();
	});

	it.each(['/api/v1/samples?page=2', '/api/v1/documents/x?page=2', 'https://[', ''])(
		'is not %j',
		(target) => {
			const link = `<${target}>; rel="next"`;
			if (target === '') expect(nextPage(link, path)).toBe(path);
			else expect(() => nextPage(link, path)).toThrow(/of another list/);
		},
	);
});
