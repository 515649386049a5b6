import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';

import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isAbort,
	isCallback,
	isComplete,
	isCreateMultipart,
	isInitMultipart,
	isPart,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../onecodex';
import { ownTime } from '../ownTime';
import { closedAfterTest } from './closing';
import { run, storedBinary, type RunOptions } from './engine';
import { sideBySide } from './sideBySide';
import { until } from './until';

const MIB = 1024 * 1024;
const bytes = randomBytes(40 * MIB + 7);
const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const sha256 = sha256Of(bytes);
/** Two parts, for what is tried so often that more would only cost time. */
const short = bytes.subarray(0, 16 * MIB + 7);

let data: IBinaryData;
let shortData: IBinaryData;
beforeAll(async () => {
	data = await storedBinary(bytes, 'Large reads.fastq');
	shortData = await storedBinary(short, 'Large reads.fastq');
});

const inParts = (options: INodeParameters = {}): INodeParameters[] => [
	{ operation: 'uploadDocument', options: { transfer: 'multipart', ...options } },
];

/** Short only where something stands still: on a busy machine, what moves may pause, too. */
const patience = ({ kind }: Fault): INodeParameters => (kind === 'stall' ? { idleTimeout: 5 } : {});

async function upload(
	faults?: FaultSchedule,
	steps = inParts(),
	options: Partial<RunOptions> = {},
) {
	const oneCodex = closedAfterTest(await startOneCodex({ faults }));
	const credentials = {
		apiKey: oneCodex.apiKey,
		baseUrl: oneCodex.baseUrl,
		s3Endpoint: oneCodex.storageUrl,
	};
	const items = [{ json: {}, binary: { data } }];
	const result = await run({ credentials, items, steps, ...options });
	return { oneCodex, result };
}

const parts = ({ requests }: OneCodexStandIn) => requests.filter(isPart);
const confirmed = ({ documents }: OneCodexStandIn) =>
	documents.filter(({ state }) => state === 'confirmed');

function expectOneDocument(oneCodex: OneCodexStandIn, digest = sha256): void {
	expect(confirmed(oneCodex).map(({ filename, object }) => [filename, object?.sha256])).toEqual([
		['Large_reads.fastq', digest],
	]);
	expect(oneCodex.multipartUploads.map(({ state }) => state)).toContain('completed');
}

it.each([
	[true, /^[0-9a-f]{64}$/],
	[false, /^UNSIGNED-PAYLOAD$/],
])(
	'parts are signed with their SHA-256 if integrity is to be verified: %s',
	async (verifyIntegrity, expected) => {
		const { oneCodex, result } = await upload(undefined, inParts({ verifyIntegrity }));
		expect(result.error).toBeUndefined();
		expectOneDocument(oneCodex);
		expect(parts(oneCodex)).toHaveLength(3);
		for (const { headers } of parts(oneCodex)) {
			expect(headers['x-amz-content-sha256']).toMatch(expected);
			expect(headers['content-md5']).toBeUndefined();
		}
	},
);

it('a file goes in parts, and the output is that of any upload', async () => {
	const { oneCodex, result } = await upload();
	expect(result.error).toBeUndefined();
	expectOneDocument(oneCodex);
	const [{ id }] = confirmed(oneCodex);
	expect(result.outputs()).toEqual([
		[
			{
				json: {
					document_id: id,
					document: { $ref: `/api/v1/documents/${id}` },
					filename: 'Large_reads.fastq',
					original_filename: 'Large reads.fastq',
					size: bytes.length,
					etag: expect.stringMatching(/^[0-9a-f]{32}-3$/),
					success: true,
					message: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		],
	]);
	expect(
		parts(oneCodex)
			.map(({ headers }) => Number(headers['content-length']))
			.sort(),
	).toEqual([16 * MIB, 16 * MIB, 8 * MIB + 7].sort());
	const created = oneCodex.requests.find(isCreateMultipart);
	expect(created?.headers['x-amz-server-side-encryption']).toBe('AES256');
});

it.each([
	['auto', 30, 'multipart'],
	['auto', 50, 'form'],
	['post', 1, 'form'],
	['multipart', 5_000, 'multipart'],
])(
	'Transfer %s with a threshold of %i MiB sends it by %s',
	async (transfer, multipartThreshold, way) => {
		const { oneCodex, result } = await upload(undefined, inParts({ transfer, multipartThreshold }));
		expect(result.error).toBeUndefined();
		expect(oneCodex.multipartUploads).toHaveLength(way === 'multipart' ? 1 : 0);
		expect(confirmed(oneCodex)).toHaveLength(1);
	},
);

describe('comes through where', () => {
	const anywhere: Fault[] = [
		{ kind: 'reset', when: 'before' },
		{ kind: 'reset', when: 'after' },
		{ kind: 'truncated' },
		{ kind: 'malformed' },
		{ kind: 'stall' },
	];
	const ofS3: Fault[] = [
		{ kind: 's3', code: 'SlowDown' },
		{ kind: 's3', code: 'InternalError' },
	];
	const ofApi: Fault[] = [{ kind: 'status', status: 503 }];
	const cases: Array<[string, (request: never) => boolean, Fault]> = [
		...[...anywhere, ...ofApi].map((fault) => ['init', isInitMultipart, fault] as never),
		...[...anywhere, ...ofS3].map((fault) => ['create', isCreateMultipart, fault] as never),
		...[...anywhere, ...ofS3, { kind: 'wrongEtag' }].map(
			(fault) => ['a part', isPart, fault] as never,
		),
		...[...anywhere, ...ofS3, { kind: 'errorIn200' }].map(
			(fault) => ['complete', isComplete, fault] as never,
		),
		...[...anywhere, ...ofApi].map((fault) => ['the callback', isCallback, fault] as never),
	];
	sideBySide(cases, 3)('%s %p meets %j', async (_, route, fault) => {
		const faults = faultsInTurn(route as typeof isPart, fault);
		const items = [{ json: {}, binary: { data: shortData } }];
		const { oneCodex, result } = await upload(faults, inParts(patience(fault)), { items });
		expect(result.error).toBeUndefined();
		expectOneDocument(oneCodex, sha256Of(short));
		expect(oneCodex.requests.some((request) => request.fault)).toBe(true);
	});
});

describe('what cannot be sent', () => {
	const failing: FaultSchedule = (request) =>
		isPart(request) && request.path.includes('partNumber=2')
			? { kind: 's3', code: 'SlowDown' }
			: undefined;

	it('is aborted, and the error says why', async () => {
		const { oneCodex, result } = await upload(failing, inParts({ maxRetries: 1 }));
		expect(result.error).toMatchObject({
			httpCode: '503',
			message: expect.stringMatching(
				/^The storage is busy \(SlowDown.*Large_reads\.fastq, item 0\]$/,
			),
			description: expect.stringContaining('It was tried 2 times.'),
		});
		expect(oneCodex.multipartUploads).toMatchObject([{ state: 'aborted' }]);
		expect(confirmed(oneCodex)).toEqual([]);
	});

	it('is aborted when the file gives fewer bytes than declared', async () => {
		const short = await storedBinary(bytes, 'short.bin');
		const path = join(process.env.N8N_BINARY_DATA_STORAGE_PATH!, short.id!.replace(/^[^:]+:/, ''));
		truncateSync(path, 20 * MIB);
		const { oneCodex, result } = await upload(undefined, inParts(), {
			items: [{ json: {}, binary: { data: short } }],
		});
		expect(result.error?.message).toMatch(/^The file gave 20971520 instead of 41943047 bytes/);
		expect(oneCodex.multipartUploads).toMatchObject([{ state: 'aborted' }]);
	});

	it('is aborted when the execution is cancelled, within two seconds', async () => {
		let cancel = () => {};
		const oneCodex = closedAfterTest(
			await startOneCodex({
				faults: (request) => (isPart(request) ? { kind: 'stall' } : undefined),
			}),
		);
		const running = run({
			credentials: { ...oneCodex, s3Endpoint: oneCodex.storageUrl },
			items: [{ json: {}, binary: { data } }],
			steps: inParts({ idleTimeout: 60 }),
			onStart: (stop) => (cancel = stop),
		});
		await until(() => parts(oneCodex).length > 0);
		const start = ownTime();
		cancel();
		expect((await running).status).toBe('canceled');
		expect(ownTime() - start).toBeLessThan(2_000);
		await until(() => oneCodex.multipartUploads.some(({ state }) => state === 'aborted'));
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(oneCodex.requests.filter(isAbort)).toHaveLength(1);
		expect(oneCodex.multipartUploads).toMatchObject([{ state: 'aborted' }]);
	});
});

it('the callback makes one document, also where its answer is lost and another has the same name', async () => {
	const oneCodex = closedAfterTest(
		await startOneCodex({ faults: faultsInTurn(isCallback, { kind: 'reset', when: 'after' }) }),
	);
	oneCodex.seed({ filename: 'Large_reads.fastq', size: bytes.length });
	const result = await run({
		credentials: { ...oneCodex, s3Endpoint: oneCodex.storageUrl },
		items: [{ json: {}, binary: { data } }],
		steps: inParts(),
	});
	expect(result.error).toBeUndefined();
	expect(oneCodex.documents).toHaveLength(2);
	const { document_id } = result.outputs()[0][0].json;
	expect(oneCodex.document(String(document_id)).object?.sha256).toBe(sha256);
	expect(oneCodex.requests.filter(isCallback)).toHaveLength(1);
});

it('the keys that the API lends are nowhere but in signatures, and the API key not at the storage', async () => {
	const { oneCodex, result } = await upload();
	const said = JSON.stringify(result.outputs());
	expect(said).not.toMatch(/aws_|accessKey|secret/i);
	const basic = Buffer.from(`${oneCodex.apiKey}:`).toString('base64');
	for (const { side, rawHeaders, path } of oneCodex.requests) {
		if (side === 'storage') expect(JSON.stringify([rawHeaders, path])).not.toContain(basic);
	}
});

it.each([
	['transfer', 'ftp', /^Transfer must be/],
	['multipartThreshold', 0, /^Multipart Threshold must be/],
	['multipartThreshold', 6_000, /^Multipart Threshold must be/],
	['partConcurrency', 0, /^Part Concurrency must be/],
	['partConcurrency', 33, /^Part Concurrency must be/],
])('an option %s of %j is refused before anything is sent', async (name, value, message) => {
	const { oneCodex, result } = await upload(undefined, inParts({ [name]: value }));
	expect(result.error?.message).toMatch(message);
	expect(oneCodex.requests).toEqual([]);
});

it('an S3 Endpoint by plain http on another machine is refused', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const result = await run({
		credentials: { ...oneCodex, s3Endpoint: 'http://s3.example' },
		items: [{ json: {}, binary: { data } }],
		steps: inParts(),
	});
	expect(result.error?.message).toMatch(
		/^The S3 Endpoint of the One Codex credential must start with https/,
	);
	expect(oneCodex.requests).toEqual([]);
});
