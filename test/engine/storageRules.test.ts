import { createHash, randomBytes } from 'node:crypto';
import { request, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isAbort,
	isComplete,
	isCreateMultipart,
	isHeadBucket,
	isPart,
	isPutObject,
	startOneCodex,
	type Fault,
	type FaultableRequest,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { startFront, type Interception } from './front';
import { sideBySide } from './sideBySide';

const MIB = 1024 * 1024;
const contents = { small: randomBytes(3 * MIB), large: randomBytes(17 * MIB) };
type Size = keyof typeof contents;

const files = {} as Record<Size, IBinaryData>;
beforeAll(async () => {
	for (const size of ['small', 'large'] as const) {
		files[size] = await storedBinary(contents[size], 'reads.fastq');
	}
});

async function upload(
	oneCodex: Pick<OneCodexStandIn, 'apiKey' | 'baseUrl' | 'storageUrl'>,
	size: Size,
	options: INodeParameters = {},
) {
	return await run({
		credentials: { ...oneCodex, s3Endpoint: oneCodex.storageUrl },
		items: [{ json: {}, binary: { data: files[size] } }],
		steps: [
			{
				operation: 'uploadDocument',
				options: { transfer: 'multipart', idleTimeout: 2, ...options },
			},
		],
	});
}

const start = async (faults?: FaultSchedule) => closedAfterTest(await startOneCodex({ faults }));

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function expectDocument({ documents }: Pick<OneCodexStandIn, 'documents'>, size: Size): void {
	expect(documents.map(({ state, object }) => [state, object?.sha256])).toEqual([
		['confirmed', digest(contents[size])],
	]);
}

type Matcher = (request: Omit<FaultableRequest, 'index'>) => boolean;
const REQUESTS: Array<[name: string, is: Matcher, size: Size]> = [
	['HEAD of the bucket', isHeadBucket, 'small'],
	['PutObject', isPutObject, 'small'],
	['CreateMultipartUpload', isCreateMultipart, 'large'],
	['UploadPart', isPart, 'large'],
	['CompleteMultipartUpload', isComplete, 'large'],
];

/** Cases of each kind of request: its name first, and how to tell and to bring it about last. */
const ofEach = <Case extends readonly unknown[]>(...cases: Case[]) =>
	REQUESTS.flatMap(([name, is, size]) => cases.map((one) => [name, ...one, is, size] as const));

sideBySide(
	ofEach<[name: string, Fault]>(
		['503', { kind: 's3', code: 'SlowDown' }],
		['500', { kind: 's3', code: 'InternalError' }],
		['reset at its head', { kind: 'reset', when: 'before' }],
		['reset in place of its answer', { kind: 'reset', when: 'after' }],
		['no answer', { kind: 'stall' }],
		['307', { kind: 'redirect' }],
	),
)('%s comes through %s', async (_, _fault, fault, is, size) => {
	const oneCodex = await start(faultsInTurn(is, fault));
	const result = await upload(oneCodex, size);
	expect(result.error).toBeUndefined();
	expectDocument(oneCodex, size);
	expect(oneCodex.requests.filter(is).length).toBeGreaterThanOrEqual(2);
});

sideBySide(REQUESTS)('%s waits as long as the storage asks for', async (_, is, size) => {
	const fault: Fault = { kind: 's3', code: 'SlowDown', retryAfter: '2' };
	const oneCodex = await start(faultsInTurn(is, fault));
	const result = await upload(oneCodex, size);
	expect(result.error).toBeUndefined();
	expectDocument(oneCodex, size);
	const refused = oneCodex.requests.find((request) => request.fault)!;
	const repeated = oneCodex.requests.filter(
		(request) => request.path === refused.path && request.method === refused.method,
	)[1];
	expect(repeated.at - refused.at).toBeGreaterThanOrEqual(1_990);
});

sideBySide(REQUESTS)(
	'%s fails with what the storage said, after as many attempts as were asked for',
	async (_, is, size) => {
		const oneCodex = await start((request) =>
			is(request) ? { kind: 's3', code: 'SlowDown', retryAfter: '0' } : undefined,
		);
		const { error } = await upload(oneCodex, size, { maxRetries: 2, partConcurrency: 1 });
		expect(error).toMatchObject({
			httpCode: '503',
			description: expect.stringContaining('It was tried 3 times.'),
		});
		expect(oneCodex.requests.filter(is)).toHaveLength(3);
	},
);

sideBySide(
	ofEach<[location: string, RegExp]>(
		['http://s3.example/', /^The upload URL must start with https:\/\//],
		['/', /^The storage redirects without end/],
	),
)('%s does not go on to %s', async (_, location, message, is, size) => {
	const oneCodex = await start((request) =>
		is(request) ? { kind: 'redirect', location: location + request.path.slice(1) } : undefined,
	);
	const { error } = await upload(oneCodex, size, { maxRetries: 0 });
	expect(error?.message).toMatch(message);
	expect(oneCodex.documents).toEqual([]);
});

sideBySide(ofEach<[location: string]>(['https://[bad'], ['http://'], ['//']))(
	'%s redirected to %s is told as no URL',
	async (_, location, is, size) => {
		const oneCodex = await start((request) =>
			is(request) ? { kind: 'redirect', location } : undefined,
		);
		const { error } = await upload(oneCodex, size, { maxRetries: 0 });
		expect(error?.message).toMatch(/^The upload URL is not a URL/);
		expect(oneCodex.documents).toEqual([]);
	},
);

sideBySide(REQUESTS)(
	'%s goes where a redirect names a path that cannot be decoded',
	async (_, is, size) => {
		const oneCodex = await start(faultsInTurn(is, { kind: 'redirect', location: '/a%zz/b' }));
		const { error } = await upload(oneCodex, size, { maxRetries: 0 });
		expect(error?.message ?? '').not.toMatch(/proxy/);
		expect(oneCodex.requests.map(({ path }) => path)).toContain('/a%zz/b');
	},
);

// One after the other: what is measured here is how soon it ends.
it.each(REQUESTS)('%s ends with the execution', async (_, is, size) => {
	const oneCodex = await start((request) => (is(request) ? { kind: 'stall' } : undefined));
	let cancel = () => {};
	const running = run({
		credentials: { ...oneCodex, s3Endpoint: oneCodex.storageUrl },
		items: [{ json: {}, binary: { data: files[size] } }],
		steps: [{ operation: 'uploadDocument', options: { transfer: 'multipart', idleTimeout: 60 } }],
		onStart: (stop) => (cancel = stop),
	});
	for (let tries = 0; tries < 200 && !oneCodex.requests.some(is); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	const began = performance.now();
	cancel();
	expect((await running).status).toBe('canceled');
	expect(performance.now() - began).toBeLessThan(2_000);
});

describe('a gateway before the storage', () => {
	/** Uploads by a gateway that answers these requests itself. */
	async function by(isMeant: Matcher, answer: (response: ServerResponse) => void, size: Size) {
		const oneCodex = await start();
		const front = closedAfterTest(
			await startFront(oneCodex.storageUrl, (request, response) => {
				const { method = '', url: path = '' } = request;
				if (!isMeant({ side: 'storage', method, path })) return false;
				request.resume().once('end', () => answer(response));
				return true;
			}),
		);
		return await upload({ ...oneCodex, storageUrl: front.baseUrl }, size, { maxRetries: 0 });
	}

	const sending = REQUESTS.filter(([, is]) => is !== isHeadBucket);

	// With an ETag, as a file server gives its pages one.
	sideBySide(sending)('with a page in place of its answer to %s is told', async (_, is, size) => {
		const { error } = await by(
			is,
			(response) =>
				response
					.writeHead(200, { 'Content-Type': 'text/html', ETag: '"5f0c-264"' })
					.end('<!doctype html><title>Log in</title>'),
			size,
		);
		expect(error?.message).toMatch(/^Something between .* answered with a page: Log in \[/);
	});

	it.each(sending)('with a limit to the size says what %s needs', async (_, is, size) => {
		const { error } = await by(is, (response) => response.writeHead(413).end(), size);
		expect(error?.message).toMatch(/^Something between .* takes no request of this size/);
		expect(error?.description).toMatch(/have 16 MiB: ask whoever runs it to raise its limit/);
	});
});

describe('one part', () => {
	it('goes by one PutObject, encrypted and signed with its SHA-256', async () => {
		const oneCodex = await start();
		const result = await upload(oneCodex, 'small');
		expect(result.error).toBeUndefined();
		expectDocument(oneCodex, 'small');
		const signed = oneCodex.requests.filter(
			({ side, method }) => side === 'storage' && method !== 'HEAD',
		);
		expect(signed.map(({ method }) => method)).toEqual(['PUT']);
		expect(signed[0].headers).toMatchObject({
			'x-amz-server-side-encryption': 'AES256',
			'x-amz-content-sha256': digest(contents.small),
		});
		const { etag } = result.outputs()[0][0].json;
		expect(etag).toBe(createHash('md5').update(contents.small).digest('hex'));
	});

	it.each([true, false])(
		'spoilt on its way is noticed if verified: %s',
		async (verifyIntegrity) => {
			const oneCodex = await start(faultsInTurn(isPutObject, { kind: 'wrongEtag' }));
			const result = await upload(oneCodex, 'small', { verifyIntegrity });
			expect(result.error).toBeUndefined();
			expect(oneCodex.requests.filter(isPutObject)).toHaveLength(verifyIntegrity ? 2 : 1);
			if (verifyIntegrity) expectDocument(oneCodex, 'small');
		},
	);

	it('spoilt each time is an error that says so', async () => {
		const oneCodex = await start((request) =>
			isPutObject(request) ? { kind: 'wrongEtag' } : undefined,
		);
		const { error } = await upload(oneCodex, 'small', { maxRetries: 0 });
		expect(error?.message).toMatch(
			/^The storage got other bytes than were sent \(XAmzContentSHA256Mismatch, /,
		);
		expect(oneCodex.documents).toEqual([]);
	});
});

describe('another region', () => {
	/** The stand-in behind a server that names a wrong region, or none, for the bucket. */
	async function behind(head: Interception) {
		const oneCodex = await start();
		const front = closedAfterTest(
			await startFront(oneCodex.storageUrl, (request, response) =>
				isHeadBucket({ side: 'storage', method: String(request.method), path: String(request.url) })
					? head(request, response)
					: false,
			),
		);
		return { oneCodex, account: { ...oneCodex, storageUrl: front.baseUrl } };
	}

	it.each<[string, Interception]>([
		['none', (_, response) => (response.writeHead(404).end(), true)],
		[
			'a wrong one',
			(_, response) => (
				response.writeHead(403, { 'x-amz-bucket-region': 'ap-southeast-2' }).end(),
				true
			),
		],
	])('than the bucket named (%s) is taken from the refusal', async (_, head) => {
		const { oneCodex, account } = await behind(head);
		const result = await upload(account, 'large', { maxRetries: 0 });
		expect(result.error).toBeUndefined();
		expectDocument(oneCodex, 'large');
		// Only the first request meets the wrong region.
		expect(oneCodex.requests.filter(isCreateMultipart).map(({ status }) => status)).toEqual([
			400, 200,
		]);
		expect(oneCodex.requests.filter(isPart).map(({ status }) => status)).toEqual([200, 200]);
		expect(oneCodex.requests.some(isAbort)).toBe(false);
	});
});

it('a slow link may take longer for a part than the idle time', async () => {
	const isFirst = (request: FaultableRequest) =>
		isPart(request) && request.path.includes('partNumber=1');
	const oneCodex = await start(faultsInTurn(isFirst, { kind: 'slow', bytesPerSecond: 3 * MIB }));
	const began = performance.now();
	const result = await upload(oneCodex, 'large', { maxRetries: 0 });
	expect(result.error).toBeUndefined();
	expect(performance.now() - began).toBeGreaterThan(4_500);
	expectDocument(oneCodex, 'large');
});

it('S3 may take longer to put parts together than the idle time, as long as it says so', async () => {
	const { storageUrl, ...oneCodex } = await start();
	const front = await startFront(storageUrl, async (incoming, response) => {
		const { method = '', url = '', headers } = incoming;
		if (!isComplete({ side: 'storage', method, path: url })) return false;
		response.writeHead(200, { 'Content-Type': 'application/xml' });
		for (let spaces = 0; spaces < 8; spaces++) {
			response.write(' ');
			await delay(500);
		}
		incoming.pipe(
			request(new URL(url, storageUrl), { method, headers }, (answer) => answer.pipe(response)),
		);
		return true;
	});
	const s3Endpoint = closedAfterTest(front).baseUrl;
	const began = performance.now();
	const result = await upload({ ...oneCodex, storageUrl: s3Endpoint }, 'large', { maxRetries: 0 });
	expect(result.error).toBeUndefined();
	expect(performance.now() - began).toBeGreaterThan(3_900);
	expectDocument(oneCodex, 'large');
});
