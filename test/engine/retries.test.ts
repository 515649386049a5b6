import { createHash, randomBytes } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isConfirm,
	isInit,
	isUpload,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { sideBySide } from './sideBySide';

const bytes = randomBytes(700_000);
const uploadDocument = (options = {}): INodeParameters[] => [
	{ operation: 'uploadDocument', options },
];
const threeSteps = (options = {}): INodeParameters[] => [
	{ operation: 'initUpload' },
	{ operation: 'uploadFile', options },
	{ operation: 'confirmUpload' },
];
/** Short only where something stands still: on a busy machine, what moves may pause, too. */
const patience = ({ kind }: Fault) => (kind === 'stall' ? { idleTimeout: 1 } : {});

async function upload(faults: FaultSchedule, steps: INodeParameters[]) {
	const oneCodex = closedAfterTest(await startOneCodex({ faults }));
	const items = [{ json: {}, binary: { data: await storedBinary(bytes, 'a.bin') } }];
	const result = await run({ credentials: oneCodex, items, steps });
	return { oneCodex, result };
}

const posts = ({ requests }: OneCodexStandIn) => requests.filter(({ side }) => side === 'storage');
const inits = ({ requests }: OneCodexStandIn) => requests.filter(isInit);

function expectOneDocument(oneCodex: OneCodexStandIn): void {
	const confirmed = oneCodex.documents.filter(({ state }) => state === 'confirmed');
	expect(confirmed).toHaveLength(1);
	expect(confirmed[0].object?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
}

const resets: Fault[] = (['before', 'during', 'after'] as const).map((when) => ({
	kind: 'reset',
	when,
}));
const unclear: Fault[] = [{ kind: 'truncated' }, { kind: 'malformed' }];
const statuses: Fault[] = [408, 429, 500, 502, 503, 504].map((status) => ({
	kind: 'status',
	status,
}));
const codes: Fault[] = (
	['InternalError', 'SlowDown', 'RequestTimeout', 'PolicyExpired'] as const
).map((code) => ({ kind: 's3', code }));
const ofApi = [...resets, ...unclear, ...statuses];
const ofStorage: Fault[] = [
	...resets,
	...unclear,
	...codes,
	{ kind: 'stall' },
	{ kind: 'redirect' },
	{ kind: 'wrongEtag' },
];

describe.each([
	['one step', uploadDocument],
	['three steps', threeSteps],
])('an upload in %s', (way, steps) => {
	sideBySide<readonly [string, typeof isInit, Fault]>([
		...ofApi.map((fault) => ['init', isInit, fault] as const),
		...[...ofApi, { kind: 'successFalse' } as const].map(
			(fault) => ['confirm', isConfirm, fault] as const,
		),
		...ofStorage
			// Only Upload Document can have a fresh permission; see below.
			.filter((fault) => way === 'one step' || !('code' in fault) || fault.code !== 'PolicyExpired')
			.map((fault) => ['storage', isUpload, fault] as const),
	])('comes through where %s %p meets %j', async (__, route, fault) => {
		const { oneCodex, result } = await upload(faultsInTurn(route, fault), steps(patience(fault)));
		expect(result.error).toBeUndefined();
		expectOneDocument(oneCodex);
		expect(oneCodex.requests.map((request) => request.fault)).toContain(fault.kind);
	});
});

it('an init that stalls is given up after the idle time and repeated', async () => {
	const { oneCodex, result } = await upload(
		faultsInTurn(isInit, { kind: 'stall' }),
		uploadDocument({ idleTimeout: 1 }),
	);
	expect(result.error).toBeUndefined();
	expect(inits(oneCodex)).toHaveLength(2);
});

it('a connection that is refused is repeated, also for a file', async () => {
	// The answer to init closes the door of the API; the confirmation finds it closed.
	const { oneCodex, result } = await upload(
		faultsInTurn(isInit, { kind: 'refuse', ms: 700 }),
		uploadDocument(),
	);
	expect(result.error).toBeUndefined();
	expectOneDocument(oneCodex);
});

describe('a form for S3', () => {
	it('that was refused as expired goes again with a fresh init, in Upload Document', async () => {
		const expired: Fault = { kind: 's3', code: 'PolicyExpired' };
		const { oneCodex, result } = await upload(
			faultsInTurn(isUpload, expired, expired),
			uploadDocument(),
		);
		expect(result.error).toBeUndefined();
		expect(inits(oneCodex)).toHaveLength(3);
		const [{ json }] = result.outputs()[0];
		expect(oneCodex.document(String(json.document_id)).state).toBe('confirmed');
	});

	it('that was refused as expired is told so by Upload File, at once', async () => {
		const { oneCodex, result } = await upload(
			faultsInTurn(isUpload, { kind: 's3', code: 'PolicyExpired' }),
			threeSteps(),
		);
		expect(result.error).toMatchObject({
			httpCode: '403',
			message: expect.stringMatching(/^The permission to upload has expired \(AccessDenied/),
			description: 'Run Init Upload again, and Upload File soon after it.',
		});
		expect(posts(oneCodex)).toHaveLength(1);
	});

	it('follows 307 to another origin with all of the form, five times and no more', async () => {
		const redirect: Fault = { kind: 'redirect' };
		const { oneCodex, result } = await upload(faultsInTurn(isUpload, redirect), uploadDocument());
		expect(result.error).toBeUndefined();
		const [first, second] = posts(oneCodex);
		expect([first.status, second.status]).toEqual([307, 201]);
		expect(oneCodex.regionUrl).toContain(second.headers.host);
		expect(second.filename).toBe('a.bin');

		const endless = await upload(
			(request) => (isUpload(request) ? { kind: 'redirect', location: '/' } : undefined),
			uploadDocument(),
		);
		expect(endless.result.error?.message).toMatch(/^The storage redirects without end \[a\.bin/);
		expect(posts(endless.oneCodex)).toHaveLength(6);
	});

	it.each(['http://storage.example/', 'ftp://127.0.0.1/'])(
		'does not follow 307 to %s',
		async (location) => {
			const { oneCodex, result } = await upload(
				faultsInTurn(isUpload, { kind: 'redirect', location }),
				uploadDocument(),
			);
			expect(result.error?.message).toMatch(/^The upload URL must start with https:\/\//);
			expect(posts(oneCodex)).toHaveLength(1);
		},
	);
});

describe('Max Retries', () => {
	it('is how often a request is repeated, and the error says so', async () => {
		const busy: Fault = { kind: 's3', code: 'SlowDown' };
		const { oneCodex, result } = await upload(
			faultsInTurn(isUpload, busy, busy, busy),
			uploadDocument({ maxRetries: 1 }),
		);
		expect(posts(oneCodex)).toHaveLength(2);
		expect(result.error).toMatchObject({
			httpCode: '503',
			message: expect.stringMatching(/^The storage is busy \(SlowDown.*a\.bin, document/),
			description: 'Run it again a little later. It was tried 2 times.',
		});
	});

	it('0 repeats nothing', async () => {
		const { oneCodex, result } = await upload(
			faultsInTurn(isInit, { kind: 'status', status: 503 }),
			uploadDocument({ maxRetries: 0 }),
		);
		expect(oneCodex.requests).toHaveLength(1);
		expect(result.error).toMatchObject({
			httpCode: '503',
			message: 'One Codex is not available: Service Unavailable [a.bin, item 0]',
		});
	});

	it.each([
		['maxRetries', -1],
		['maxRetries', 1.5],
		['maxRetries', 'many'],
		['idleTimeout', 0],
		['idleTimeout', '={{ Infinity }}'],
		['idleTimeout', 'long'],
		['verifyIntegrity', 'yes'],
	])('an option %s of %j is refused before anything is sent', async (name, value) => {
		for (const steps of [
			uploadDocument({ [name]: value }),
			[
				{
					operation: 'uploadFile',
					uploadUrl: 'https://s3.example',
					uploadFields: '{"key": "k"}',
					documentId: '0123456789abcdef',
					options: { [name]: value },
				},
			],
		]) {
			const { oneCodex, result } = await upload(() => undefined, steps);
			expect(result.error).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringMatching(
					/^(Max Retries|Idle Timeout|Verify Integrity) must be .* \[item 0\]$/,
				),
			});
			expect(oneCodex.requests).toEqual([]);
		}
	});
});

it.each([
	['seconds', '2'],
	['a date', () => new Date(Date.now() + 3_000).toUTCString()],
])('Retry-After in %s is waited for', async (_, retryAfter) => {
	const value = typeof retryAfter === 'string' ? retryAfter : retryAfter();
	const { oneCodex, result } = await upload(
		faultsInTurn(isInit, { kind: 'status', status: 429, retryAfter: value }),
		uploadDocument(),
	);
	expect(result.error).toBeUndefined();
	const [refused, admitted] = inits(oneCodex);
	expect(admitted.at - refused.at).toBeGreaterThan(1_900);
});

it('One Codex that wants a day of rest is told at once, by this request and by others', async () => {
	const oneCodex = closedAfterTest(
		await startOneCodex({
			faults: ({ index }) =>
				index < 2 ? { kind: 'status', status: 429, retryAfter: '86400' } : undefined,
		}),
	);
	const list = async () =>
		await run({ credentials: oneCodex, items: [{ json: {} }], steps: [{ operation: 'getAll' }] });
	for (let times = 0; times < 2; times++) {
		expect((await list()).error).toMatchObject({ httpCode: '429' });
	}
	expect((await list()).error).toBeUndefined();
});
