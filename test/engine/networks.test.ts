import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { digestOf, download, sha256 } from './downloads';
import { run, storedBinary } from './engine';
import { answering, file } from './errorsPage/failing';
import { answer, startFront, type Interception } from './front';

const MIB = 1024 * 1024;
const small = Buffer.from('reads of a microbe '.repeat(5_000));
/** Above what comes in one request. */
const large = Buffer.concat([randomBytes(20 * MIB), Buffer.alloc(20 * MIB, 'ACGT')]);
/** By name, for the names of tests: those of bytes would be long. */
const files = { small, large };
const both = ['small', 'large'] as const;

type Storage = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => void;

/** Downloads a document whose storage answers so. */
async function from(storage: Storage, bytes: Buffer, size: number | null = bytes.length) {
	const asked: IncomingHttpHeaders[] = [];
	const front = closedAfterTest(
		await startFront('http://127.0.0.1:9', (request, response) => {
			asked.push(request.headers);
			storage(request, response, bytes);
			return true;
		}),
	);
	const link = { download_uri: `${front.baseUrl}/a.bin`, expires_in_hours: 24 };
	const { oneCodex, credentials } = await answering('/download_uri', link);
	const document = oneCodex.seed({ filename: 'a.bin', size: bytes.length });
	Object.assign(document, { size });
	const result = await download(oneCodex, document.id, {}, { credentials });
	return { ...result, asked };
}

const rangeOf = ({ headers }: IncomingMessage, { length }: Buffer) => {
	const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
	if (first === undefined) return undefined;
	return { first: Number(first), last: Math.min(Number(last || Infinity), length - 1) };
};

/** Compresses whatever was asked for. With a length it has all of it before it answers. */
const compressing =
	(coding: string, compress: (bytes: Buffer) => Buffer, hasLength: boolean): Storage =>
	(_, response, bytes) => {
		const body = compress(bytes);
		response.setHeader('Content-Encoding', coding);
		response.setHeader('ETag', '"abc-gzip"');
		if (hasLength) response.setHeader('Content-Length', body.length);
		response.end(body);
	};

async function expectWhole(result: Awaited<ReturnType<typeof from>>, bytes: Buffer) {
	expect(result.error).toBeUndefined();
	expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
}

describe('a download', () => {
	it.each(both)('of a %s file asks for the bytes as they are stored', async (name) => {
		const bytes = files[name];
		const result = await from((request, response) => {
			const range = rangeOf(request, bytes);
			if (!range) return void response.end(bytes);
			const { first, last } = range;
			response.writeHead(206, { 'Content-Range': `bytes ${first}-${last}/${bytes.length}` });
			response.end(bytes.subarray(first, last + 1));
		}, bytes);
		await expectWhole(result, bytes);
		for (const headers of result.asked) expect(headers['accept-encoding']).toBe('identity');
	});

	describe.each(both)('of a %s file, behind a gateway that compresses all the same', (name) => {
		const bytes = files[name];
		it.each([
			['gzip', gzipSync, true],
			['gzip', gzipSync, false],
			['x-gzip', gzipSync, true],
			['deflate', deflateSync, true],
			['br', (each: Buffer) => brotliCompressSync(each, { params: { 1: 1 } }), true],
			['identity', (each: Buffer) => each, true],
			['aws-chunked', (each: Buffer) => each, true],
		])('with %s', async (coding, compress, hasLength) => {
			await expectWhole(await from(compressing(coding, compress, hasLength), bytes), bytes);
		});
	});

	it('of unknown size comes through a gateway that compresses', async () => {
		await expectWhole(await from(compressing('gzip', gzipSync, true), small, null), small);
	});

	it('of another size is told, compressed or not', async () => {
		for (const size of [small.length - 1, small.length + 1]) {
			const { error, asked } = await from(compressing('gzip', gzipSync, true), small, size);
			expect(error?.message).toMatch(/^The storage gives (more|\d+ bytes) instead of \d+ bytes/);
			expect(asked).toHaveLength(1);
		}
	});

	it.each<[string, () => Buffer]>([
		['small', () => gzipSync(small)],
		['large', () => gzipSync(Buffer.concat([randomBytes(40 * MIB), large]), { level: 1 })],
		['large, and hardly smaller for it', () => gzipSync(Buffer.alloc(40 * MIB), { level: 0 })],
		['larger for it', () => gzipSync('ACGT')],
	])('of a file that the storage keeps compressed is told: %s', async (_, made) => {
		const stored = made();
		const { error, asked } = await from((request, response) => {
			response.setHeader('Content-Encoding', 'gzip');
			const range = rangeOf(request, stored);
			const { first, last } = range ?? { first: 0, last: stored.length - 1 };
			response.writeHead(range ? 206 : 200, {
				'Content-Length': last - first + 1,
				...(range && { 'Content-Range': `bytes ${first}-${last}/${stored.length}` }),
			});
			response.end(stored.subarray(first, last + 1));
		}, stored);
		expect(error?.message).toMatch(/^The storage keeps the file with a Content-Encoding/);
		expect(asked.length).toBeLessThanOrEqual(4);
	});

	it('does not take ranges of a compressed copy for those of the file', async () => {
		const coded = gzipSync(large);
		const result = await from((request, response) => {
			response.setHeader('Content-Encoding', 'gzip');
			const range = rangeOf(request, coded);
			if (!range) return void response.end(coded);
			const { first, last } = range;
			response.writeHead(206, { 'Content-Range': `bytes ${first}-${last}/${coded.length}` });
			response.end(coded.subarray(first, last + 1));
		}, large);
		await expectWhole(result, large);
		expect(result.asked.map(({ range }) => range !== undefined)).toEqual([true, false]);
	});

	it.each([
		['without Content-Range', undefined],
		['with one that is none', 'bytes */100'],
		['of later bytes', `bytes 8-${8 * MIB + 7}/${large.length}`],
	])('takes no part %s', async (_, contentRange) => {
		const result = await from((request, response) => {
			if (!request.headers.range) return void response.end(large);
			response.writeHead(206, contentRange ? { 'Content-Range': contentRange } : {});
			response.end(large.subarray(0, 8 * MIB));
		}, large);
		await expectWhole(result, large);
	});

	it.each([
		['a size that is not told', (first: number, last: number) => `bytes ${first}-${last}/*`, 0],
		['fewer bytes than were asked for', undefined, 3 * MIB],
	])('takes parts with %s', async (_, name, less) => {
		const result = await from((request, response) => {
			const { first, last } = rangeOf(request, large)!;
			const end = last - first > less ? last - less : last;
			const said = name?.(first, end) ?? `BYTES ${first}-${end}/${large.length}`;
			response.writeHead(206, { 'Content-Range': said });
			response.end(large.subarray(first, end + 1));
		}, large);
		await expectWhole(result, large);
	});

	it('takes its bytes out of the whole where a server heeds one range and not the next', async () => {
		let requests = 0;
		const result = await from((request, response) => {
			const { first, last } = rangeOf(request, large)!;
			if (++requests % 2 === 0) return void response.end(large);
			response.writeHead(206, { 'Content-Range': `bytes ${first}-${last}/${large.length}` });
			response.end(large.subarray(first, last + 1));
		}, large);
		await expectWhole(result, large);
	});

	/** Breaks off in the middle of the first answer, and then goes on from there. */
	const breaking =
		(first: string | undefined, second = first): Storage =>
		(request, response, bytes) => {
			const range = rangeOf(request, bytes);
			const etag = range ? second : first;
			if (etag) response.setHeader('ETag', etag);
			if (!range) {
				response.setHeader('Content-Length', bytes.length);
				response.write(bytes.subarray(0, 10_000), () => setTimeout(() => response.destroy(), 50));
				return;
			}
			response.writeHead(206, {
				'Content-Range': `bytes ${range.first}-${range.last}/${bytes.length}`,
			});
			response.end(bytes.subarray(range.first));
		};

	it.each([
		['"abc"', '"abc"'],
		['W/"abc"', undefined],
		['"abc-gzip"', undefined],
		['abc', undefined],
		[undefined, undefined],
	])('that breaks off with the ETag %j goes on with If-Match %j', async (etag, ifMatch) => {
		const result = await from(breaking(etag), small);
		await expectWhole(result, small);
		expect(result.asked[1]['if-match']).toBe(ifMatch);
		expect(result.asked).toHaveLength(2);
	});

	it('goes on behind a gateway that weakens the ETag', async () => {
		await expectWhole(await from(breaking('"abc"', 'W/"abc-gzip"'), small), small);
	});

	it('is no mixture of two files, whoever compares them', async () => {
		const { error } = await from(breaking('W/"abc"', 'W/"other"'), small);
		expect(error?.message).toMatch(/^The file was changed while it was read/);
		const refused = await from((request, response, bytes) => {
			if (!request.headers.range) return breaking('"abc"')(request, response, bytes);
			response.writeHead(412).end();
		}, small);
		expect(refused.error?.message).toMatch(/file was changed while it was read|status 412/);
	});
});

const HTML = '<html><head><title>Blocked by policy</title></head></html>';

/** One Codex behind something that may answer in its place. */
async function behind(intercept: Interception) {
	const oneCodex = closedAfterTest(await startOneCodex({ requestsPerSecond: 0 }));
	const front = closedAfterTest(await startFront(oneCodex.baseUrl, intercept));
	return { oneCodex, baseUrl: front.baseUrl, apiKey: oneCodex.apiKey };
}

const upload = async (credentials: Pick<OneCodexStandIn, 'apiKey' | 'baseUrl'>, options = {}) =>
	await run({
		credentials,
		items: [{ json: {}, binary: { data: await file() } }],
		steps: [{ operation: 'uploadDocument', options }],
	});

describe('an answer of the API', () => {
	it.each([
		['gzip', gzipSync],
		['deflate', deflateSync],
		['br', brotliCompressSync],
	])('compressed with %s by a gateway reads as well, good or bad', async (coding, compress) => {
		const { baseUrl, oneCodex, apiKey } = await behind(async (request, response) => {
			const { method, headers, url = '' } = request;
			const { authorization = '', 'content-type': type = '' } = headers;
			const chunks: Uint8Array[] = [];
			for await (const chunk of request) chunks.push(chunk as Uint8Array);
			const body = chunks.length ? Buffer.concat(chunks) : undefined;
			const head = { authorization, ...(type && { 'content-type': type }) };
			const onward = await fetch(oneCodex.baseUrl + url, { method, headers: head, body });
			response.writeHead(onward.status, {
				'Content-Type': 'application/json',
				'Content-Encoding': coding,
			});
			response.end(compress(Buffer.from(await onward.arrayBuffer())));
			return true;
		});
		expect((await upload({ baseUrl, apiKey })).error).toBeUndefined();
		const wrong = await upload({ baseUrl, apiKey: 'wrong-key-0123' });
		expect(wrong.error?.message).toMatch(/^One Codex does not know this API key/);
	});

	it.each([
		[401, HTML, 'text/html', /^Something between n8n and 127\.0\.0\.1:\d+ wants a log-in: Blocked/],
		[403, HTML, 'text/html', /refused the request: Blocked by policy \[/],
		[403, '{"message":"Forbidden"}', 'application/json', /refused the request \[/],
		[403, '{"error":{"code":403}}', 'application/json', /refused the request \[/],
		[403, 'Access denied', 'text/plain', /refused the request: Access denied \[/],
		[403, '', '', /refused the request \[/],
		[407, HTML, 'text/html', /^The proxy between n8n and \S+ wants a log-in/],
		[407, '{"message":"x","status":407}', 'application/json', /^The proxy between/],
		[413, HTML, 'text/html', /takes no request of this size/],
		[404, HTML, 'text/html', /^Something else than expected answered .* status 404/],
		[511, HTML, 'text/html', /^The network wants a log-in/],
	])(
		'with status %i and %j is told as of something in between',
		async (status, body, type, told) => {
			const seen: string[] = [];
			const { baseUrl, apiKey } = await behind(({ url }, response) => {
				seen.push(String(url));
				response.writeHead(status, type ? { 'Content-Type': type } : {}).end(body);
				return true;
			});
			const { error } = await upload({ baseUrl, apiKey });
			expect(error?.message).toMatch(told);
			expect(error?.httpCode).toBe(String(status));
			expect(error?.description).toBeTruthy();
			expect(seen).toHaveLength(1);
		},
	);

	it.each([502, 503, 504])(
		'of a gateway with status %i passes, and is asked again',
		async (status) => {
			let requests = 0;
			const { baseUrl, apiKey } = await behind((_, response) => {
				if (++requests > 1) return false;
				response.writeHead(status, { 'Content-Type': 'text/html' }).end(HTML);
				return true;
			});
			expect((await upload({ baseUrl, apiKey })).error).toBeUndefined();
		},
	);

	it('that a proxy breaks off is told by its status', async () => {
		const { baseUrl, apiKey } = await behind((_, response) => {
			response.writeHead(407, { 'Content-Type': 'text/html', 'Content-Length': 5_000 });
			response.write(HTML, () => setTimeout(() => response.destroy(), 50));
			return true;
		});
		const { error } = await upload({ baseUrl, apiKey });
		expect(error?.message).toMatch(/^The proxy between n8n and \S+ wants a log-in/);
	});

	it('that is a page of XHTML and breaks off is told by its status', async () => {
		const { baseUrl, apiKey } = await behind((_, response) => {
			response.writeHead(403, {
				'Content-Type': 'application/xhtml+xml',
				'Content-Length': 5_000,
			});
			response.write(HTML, () => setTimeout(() => response.destroy(), 50));
			return true;
		});
		const { error } = await upload({ baseUrl, apiKey }, { maxRetries: 0 });
		expect(error?.message).toMatch(/ refused the request: Blocked by policy \[/);
	});

	it('that redirects is not followed, and its host is told', async () => {
		const { baseUrl, apiKey } = await behind((_, response) => {
			response.writeHead(302, { Location: 'https://login.example/?session=secret' }).end();
			return true;
		});
		const { error } = await upload({ baseUrl, apiKey });
		expect(error?.message).toMatch(/^The request for \S+ was redirected to login\.example/);
		expect(JSON.stringify(error)).not.toContain('session=secret');
	});

	it('that is a page in place of JSON is told as of something in between, and may pass', async () => {
		let requests = 0;
		const { baseUrl, apiKey } = await behind((_, response) => {
			requests++;
			response.writeHead(200, { 'Content-Type': 'text/html', 'Retry-After': '0' }).end(HTML);
			return true;
		});
		const { error } = await upload({ baseUrl, apiKey }, { maxRetries: 1 });
		expect(error?.message).toMatch(/^Something between .* answered with a page: Blocked by policy/);
		expect(error?.httpCode).toBe('200');
		expect(requests).toBe(2);
	});

	it('of One Codex keeps its words', async () => {
		const { baseUrl, apiKey } = await behind((_, response) =>
			answer(response, 403, { message: 'Not your document', status: 403 }),
		);
		const { error } = await upload({ baseUrl, apiKey });
		expect(error?.message).toMatch(/^One Codex does not allow this: Not your document/);
	});

	it.each(['1.5', '-1', '', 'soon', '0, 0'])(
		'with Retry-After %j is not asked again at once',
		async (header) => {
			const times: number[] = [];
			const { baseUrl, apiKey } = await behind((_, response) => {
				times.push(performance.now());
				response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': header });
				response.end('{"message":"Busy","status":503}');
				return true;
			});
			await upload({ baseUrl, apiKey }, { maxRetries: 3 });
			expect(times).toHaveLength(4);
			// The ordinary waits are random; that all three are this short is one in a million.
			expect(times[3] - times[0]).toBeGreaterThan(100);
		},
	);
});

/** Sends a form to a storage that answers so. */
async function formTo(storage: (request: IncomingMessage, response: ServerResponse) => void) {
	const front = closedAfterTest(
		await startFront('http://127.0.0.1:9', (request, response) => {
			request.resume().once('end', () => storage(request, response));
			return true;
		}),
	);
	const binary = { data: await storedBinary(small, 'a.bin') };
	return await run({
		credentials: { apiKey: 'key-0123456789', baseUrl: front.baseUrl },
		items: [{ json: {}, binary }],
		steps: [
			{
				operation: 'uploadFile',
				uploadUrl: front.baseUrl,
				uploadFields: '{"key": "k"}',
				documentId: '0123456789abcdef',
				fileName: 'a.bin',
				options: { maxRetries: 0 },
			},
		],
	});
}

it('an answer in place of the storage is told as such', async () => {
	const { error } = await formTo((_, response) => response.writeHead(403).end(HTML));
	expect(error?.message).toMatch(/^Something between n8n and \S+ refused the request: Blocked/);
	expect(error?.description).toMatch(/allow 127\.0\.0\.1/);
});

it.each([
	[200, 'text/html'],
	[201, ''],
])('a page with status %i and type %j is not what the storage stored', async (status, type) => {
	const { error } = await formTo((_, response) =>
		response.writeHead(status, type ? { 'Content-Type': type } : {}).end(HTML),
	);
	expect(error?.message).toMatch(/^Something between .* answered with a page: Blocked by policy/);
	expect(error?.httpCode).toBe(String(status));
});

describe('a form that is redirected', () => {
	const STORED = '<PostResponse><Key>k</Key><ETag>"e"</ETag></PostResponse>';

	it.each([301, 307, 308])('with %i goes there as it is', async (status) => {
		const seen: string[] = [];
		const { error } = await formTo(({ method, url, headers }, response) => {
			seen.push(`${method} ${url} ${headers['content-type']?.split(';')[0]}`);
			if (url === '/there') response.writeHead(201).end(STORED);
			else response.writeHead(status, { Location: '/there' }).end();
		});
		expect(error).toBeUndefined();
		expect(seen).toEqual(['POST / multipart/form-data', 'POST /there multipart/form-data']);
	});

	it.each([302, 303])('with %i does not, and the API key is no reason', async (status) => {
		const { error } = await formTo((_, response) =>
			response.writeHead(status, { Location: 'https://login.example/?session=secret' }).end(),
		);
		expect(error?.message).toMatch(
			/^The request for the storage at \S+ was redirected to login\.example/,
		);
		expect(error?.description).not.toMatch(/API key/);
		expect(JSON.stringify(error)).not.toContain('session=secret');
	});
});

it.each(['\u00a0%\u200b\n', '%/api/v1', '%/api/v1/', '%/settings', '%//'])(
	'the Base URL %j serves operations of both kinds',
	async (form) => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const baseUrl = form.replace('%', oneCodex.baseUrl);
		const credentials = { apiKey: oneCodex.apiKey, baseUrl };
		for (const operation of ['uploadDocument', 'initUpload']) {
			const items = [{ json: {}, binary: { data: await file() } }];
			const { error } = await run({ credentials, items, steps: [{ operation }] });
			expect(error).toBeUndefined();
		}
	},
);

it('a gateway may have One Codex under a path', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const seen: string[] = [];
	const inner = closedAfterTest(await startFront(oneCodex.baseUrl, () => false));
	const gateway = closedAfterTest(
		await startFront(inner.baseUrl, (request) => {
			seen.push(request.url ?? '');
			request.url = request.url?.replace('/onecodex', '');
			return false;
		}),
	);
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: `${gateway.baseUrl}/onecodex/api/v1` };
	for (const operation of ['uploadDocument', 'initUpload', 'getAll']) {
		const items = [{ json: {}, binary: { data: await file() } }];
		const { error } = await run({ credentials, items, steps: [{ operation }] });
		expect(error).toBeUndefined();
	}
	expect(seen.every((url) => url.startsWith('/onecodex/api/v1/'))).toBe(true);
});
