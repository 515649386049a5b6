import {
	faultsInTurn,
	isCancelUpload,
	isPutObject,
	isSampleCallback,
	isSampleGet,
	isSampleInit,
	isStorage,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run } from '../engine';
import { startFront } from '../front';
import { until } from '../until';
import { fastq, filesOf, itemOf, sha256 } from './reads';

const PAIR = { 's_R1.fastq': fastq(), 's_R2.fastq': fastq() };
const EXPECTED = Object.fromEntries(
	Object.entries(PAIR).map(([name, bytes]) => [name, sha256(bytes)]),
);

async function uploadPair(faults: FaultSchedule, options = {}, more = {}) {
	const oneCodex = closedAfterTest(await startOneCodex({ faults }));
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const parameters = { binaryPropertyName: '*', options: { maxRetries: 2, ...options } };
	const result = await run({
		credentials: { apiKey, baseUrl, s3Endpoint },
		items: [await itemOf(PAIR)],
		steps: [{ resource: 'sample', operation: 'upload', ...parameters }],
		...more,
	});
	return { oneCodex, result };
}

const count = ({ requests }: OneCodexStandIn, matches: (request: never) => boolean) =>
	requests.filter((request) => matches(request as never)).length;

/** What people see: the pair once, whole, and nothing that waits for data. */
function expectOneSample(oneCodex: OneCodexStandIn) {
	expect(oneCodex.samples.map((sample) => [sample.status, filesOf(sample)])).toEqual([
		['available', EXPECTED],
	]);
}

const lost: Fault[] = [
	{ kind: 'reset', when: 'after' },
	{ kind: 'truncated' },
	{ kind: 'malformed' },
];
const refused: Fault[] = [
	{ kind: 'status', status: 503, retryAfter: '0' },
	{ kind: 'status', status: 429, retryAfter: '0' },
	{ kind: 'reset', when: 'before' },
];

describe('exactly one sample where', () => {
	it.each(lost)('the answer of init is lost (%j): what it left is dropped', async (fault) => {
		const { oneCodex, result } = await uploadPair(faultsInTurn(isSampleInit, fault));
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
		expect(count(oneCodex, isCancelUpload)).toBe(1);
		expect(result.hints()).toEqual([]);
	});

	it.each(refused)('init is refused (%j)', async (fault) => {
		const { oneCodex, result } = await uploadPair(faultsInTurn(isSampleInit, fault));
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
		expect(count(oneCodex, isCancelUpload)).toBe(0);
	});

	it.each(lost)('the answer of the callback is lost (%j): its state decides', async (fault) => {
		const { oneCodex, result } = await uploadPair(faultsInTurn(isSampleCallback, fault));
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
		expect(oneCodex.samples[0].confirmations).toBe(1);
		expect(count(oneCodex, isSampleGet)).toBe(1);
	});

	it.each(refused)('the callback is refused (%j)', async (fault) => {
		const { oneCodex, result } = await uploadPair(faultsInTurn(isSampleCallback, fault));
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
	});

	it('the callback and the look at its state are both lost', async () => {
		const faults: FaultSchedule = (() => {
			const callback = faultsInTurn(isSampleCallback, { kind: 'reset', when: 'after' });
			const look = faultsInTurn(
				isSampleGet,
				...Array<Fault>(2).fill({ kind: 'reset', when: 'before' }),
			);
			return (request) => callback(request) ?? look(request);
		})();
		const { oneCodex, result } = await uploadPair(faults);
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
	});
});

describe('what fails for good', () => {
	it('at the storage, leaves no sample, and says so', async () => {
		const { oneCodex, result } = await uploadPair((request) =>
			isStorage(request) && request.method === 'PUT'
				? { kind: 's3', code: 'InternalError', retryAfter: '0' }
				: undefined,
		);
		expect(result.error?.message).toMatch(
			/The storage has a problem.*\[s_R1.fastq, sample [0-9a-f]{16}, item 0\]/,
		);
		expect(oneCodex.samples).toEqual([]);
		expect(count(oneCodex, isCancelUpload)).toBe(1);
	});

	it('at the callback, too', async () => {
		const { oneCodex, result } = await uploadPair((request) =>
			isSampleCallback(request) ? { kind: 'status', status: 500, retryAfter: '0' } : undefined,
		);
		expect(result.error?.message).toMatch(/^One Codex has a problem/);
		expect(oneCodex.samples).toEqual([]);
	});

	it('is there all the same where only the answers of the callback were lost', async () => {
		let isCancelled = false;
		const { oneCodex, result } = await uploadPair(
			(request) => {
				isCancelled ||= isCancelUpload(request);
				if (isSampleCallback(request)) return { kind: 'reset', when: 'after' };
				// Nobody can look at its state until cancel_upload says "Upload already successful".
				return isSampleGet(request) && !isCancelled ? { kind: 'reset', when: 'before' } : undefined;
			},
			{ maxRetries: 0 },
		);
		expect(result.error).toBeUndefined();
		expectOneSample(oneCodex);
		expect(result.outputs()[0]).toMatchObject([{ json: { success: true } }]);
	});
});

it('a lost answer of cancel_upload leaves no doubt about what was dropped', async () => {
	const init = faultsInTurn(isSampleInit, { kind: 'reset', when: 'after' });
	const cancel = faultsInTurn(isCancelUpload, { kind: 'reset', when: 'after' });
	const { oneCodex, result } = await uploadPair((request) => init(request) ?? cancel(request));
	expect(result.error).toBeUndefined();
	expectOneSample(oneCodex);
	expect(count(oneCodex, isCancelUpload)).toBe(2);
	expect(result.hints()).toEqual([]);
});

it('a stop drops the sample and ends the upload', async () => {
	let cancel = () => {};
	const { oneCodex, result } = await uploadPair(
		(request) => {
			if (!(isStorage(request) && request.method === 'PUT')) return undefined;
			setTimeout(cancel, 50);
			return { kind: 'stall' };
		},
		{},
		{ onStart: (stop: () => void) => (cancel = stop) },
	);
	expect(result.status).toBe('canceled');
	await until(() => oneCodex.samples.length === 0);
	expect(count(oneCodex, isCancelUpload)).toBe(1);
});

it('a stop while a sample begins drops it, though its ID was never told', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	let cancel = () => {};
	// The service has begun the sample, and its answer does not come.
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, async ({ url, method, headers }) => {
			if (!url?.endsWith('/init_multipart_upload')) return false;
			await fetch(oneCodex.baseUrl + url, {
				method,
				headers: { authorization: headers.authorization!, 'content-type': 'application/json' },
				body: JSON.stringify({ filename: 's.fastq' }),
			});
			setTimeout(cancel, 50);
			return true;
		}),
	);
	const { apiKey, storageUrl: s3Endpoint } = oneCodex;
	const result = await run({
		credentials: { apiKey, baseUrl: front.baseUrl, s3Endpoint },
		items: [await itemOf({ 's.fastq': fastq() })],
		steps: [{ resource: 'sample', operation: 'upload' }],
		onStart: (stop) => (cancel = stop),
	});
	expect(result.status).toBe('canceled');
	await until(() => count(oneCodex, isCancelUpload) === 1);
	await until(() => oneCodex.samples.length === 0);
});

it('Retry On Fail sends no sample a second time', async () => {
	const second: FaultSchedule = faultsInTurn(isPutObject, undefined, {
		kind: 's3',
		code: 'InternalError',
	});
	const oneCodex = closedAfterTest(await startOneCodex({ faults: second }));
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const result = await run({
		credentials: { apiKey, baseUrl, s3Endpoint },
		items: [await itemOf({ 'a.fastq': fastq() }), await itemOf({ 'b.fastq': fastq() })],
		steps: [
			{
				resource: 'sample',
				operation: 'upload',
				options: { maxRetries: 0, maxConcurrency: 1 },
			},
		],
		node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	});
	expect(result.error).toBeUndefined();
	expect(oneCodex.samples.map(({ filename, status }) => [filename, status])).toEqual([
		['a.fastq', 'available'],
		['b.fastq', 'available'],
	]);
	expect(count(oneCodex, isSampleInit)).toBe(3);
});

it.each([
	[401, 'One Codex does not know this API key'],
	[403, 'One Codex does not allow this'],
])('after %i it is told what it means, once, and nothing is left', async (status, message) => {
	const { oneCodex, result } = await uploadPair((request) =>
		isSampleCallback(request) ? { kind: 'status', status } : undefined,
	);
	expect(result.error?.message).toContain(message);
	expect(count(oneCodex, isSampleCallback)).toBe(1);
	expect(oneCodex.samples).toEqual([]);
});

it('the plan does not allow more samples: it is told as that, and not tried again', async () => {
	const oneCodex = closedAfterTest(await startOneCodex({ maxSamples: 0 }));
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const { error } = await run({
		credentials: { apiKey, baseUrl, s3Endpoint },
		items: [await itemOf({ 's.fastq': fastq() })],
		steps: [{ resource: 'sample', operation: 'upload' }],
	});
	expect(error?.message).toMatch(/^One Codex asks for a payment method or another plan/);
	expect(oneCodex.requests).toHaveLength(1);
});
