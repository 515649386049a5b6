import {
	type Fault,
	type FaultableRequest,
	type FaultSchedule,
	faultsInTurn,
	isAbort,
	isCallback,
	isComplete,
	isConfirm,
	isCreateMultipart,
	isDownload,
	isGetObject,
	isInit,
	isInitMultipart,
	isList,
	isPart,
	isPutObject,
	isUpload,
	type RecordedRequest,
	seededFaults,
	type SeededFaults,
} from '../../onecodex';
import { RefusingServer } from '../../onecodex/faults/refusingServer';
import { FaultSource } from '../../onecodex/faults/source';

type Requested = Omit<FaultableRequest, 'index'>;
const documents = '/api/v1/documents';
const init: Requested = { side: 'api', method: 'POST', path: `${documents}/init_upload` };
const confirm: Requested = { side: 'api', method: 'POST', path: `${documents}/confirm_upload` };
const storage: Requested = { side: 'storage', method: 'POST', path: '/' };
const download: Requested = { side: 'storage', method: 'GET', path: '/user/file/a.pdf?Expires=1' };

const object = '/bucket/0123456789abcdef';
const signed: Record<string, Requested> = {
	init: { side: 'api', method: 'POST', path: `${documents}/init_multipart_upload` },
	create: { side: 'storage', method: 'POST', path: `${object}?uploads` },
	part: { side: 'storage', method: 'PUT', path: `${object}?partNumber=1&uploadId=x` },
	complete: { side: 'storage', method: 'POST', path: `${object}?uploadId=x` },
	abort: { side: 'storage', method: 'DELETE', path: `${object}?uploadId=x` },
	put: { side: 'storage', method: 'PUT', path: object },
	get: { side: 'storage', method: 'GET', path: object },
	list: { side: 'storage', method: 'GET', path: '/bucket?list-type=2&prefix=x' },
	headObject: { side: 'storage', method: 'HEAD', path: object },
	headBucket: { side: 'storage', method: 'HEAD', path: '/bucket' },
	callback: { side: 'api', method: 'POST', path: `${documents}/0123456789abcdef/import_callback` },
};

const ask = (schedule: FaultSchedule, request: Requested, times: number) =>
	Array.from({ length: times }, (_, index) => schedule({ ...request, index }));

const kindsOf = (request: Requested, options: Partial<SeededFaults> = {}): string[] => {
	const faults = ask(seededFaults({ seed: 7, chance: 1, ...options }), request, 2000);
	const named = faults.map((fault) => {
		if (!fault) return 'none';
		const { kind, ...details } = fault;
		return [kind, ...Object.values(details)].join(' ');
	});
	return [...new Set(named)].sort();
};

const ANY = [
	'malformed',
	'refuse',
	'reset after',
	'reset before',
	'reset during',
	'stall',
	'truncated',
];
const STATUSES = ['429', '429 1', '500', '502', '503', '504'].map((each) => `status ${each}`);

test('a seed gives the same faults again, another seed others', () => {
	const run = (seed: number) => ask(seededFaults({ seed, chance: 0.5 }), storage, 200);
	expect(run(1)).toEqual(run(1));
	expect(run(1)).not.toEqual(run(2));
});

test.each([0, 0.1, 0.5, 1])('a chance of %d is about the share of faults', (chance) => {
	const faults = ask(seededFaults({ seed: 3, chance }), init, 5000);
	const share = faults.filter((fault) => fault !== undefined).length / faults.length;
	expect(Math.abs(share - chance)).toBeLessThan(0.02);
});

test('each fault is as likely as another', () => {
	const counts = new Map<string, number>();
	for (const fault of ask(seededFaults({ seed: 5, chance: 1 }), storage, 14_000)) {
		const key = JSON.stringify(fault);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	expect(counts.size).toBe(14);
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('what is drawn applies to the request', () => {
	expect(kindsOf(init)).toEqual([...ANY, ...STATUSES].sort());
	expect(kindsOf(confirm)).toEqual([...ANY, ...STATUSES, 'successFalse'].sort());
	expect(kindsOf(storage)).toEqual(
		[
			...ANY,
			'redirect',
			's3 InternalError',
			's3 PolicyExpired',
			's3 RequestTimeout',
			's3 SlowDown',
			'slow 1048576',
			'wrongEtag',
		].sort(),
	);
});

test('a download is not spoilt as an upload is', () => {
	const s3 = ['InternalError', 'RequestTimeout', 'SlowDown'].map((code) => `s3 ${code}`);
	expect(kindsOf(download)).toEqual([...ANY, 'redirect', ...s3].sort());
});

test('a signed upload is spoilt as each of its requests can be', () => {
	const s3 = ['InternalError', 'RequestTimeout', 'SlowDown'].map((code) => `s3 ${code}`);
	for (const name of ['init', 'callback']) {
		expect(kindsOf(signed[name])).toEqual([...ANY, ...STATUSES].sort());
	}
	for (const name of ['create', 'abort', 'headObject', 'headBucket', 'get', 'list']) {
		expect(kindsOf(signed[name])).toEqual([...ANY, 'redirect', ...s3].sort());
	}
	for (const name of ['part', 'put']) {
		const spoilt = [...ANY, 'redirect', ...s3, 'slow 1048576', 'wrongEtag'];
		expect(kindsOf(signed[name])).toEqual(spoilt.sort());
	}
	expect(kindsOf(signed.complete)).toEqual([...ANY, 'redirect', ...s3, 'errorIn200'].sort());
});

test('each matcher is of one kind of request', () => {
	const matchers = {
		init: isInitMultipart,
		create: isCreateMultipart,
		part: isPart,
		put: isPutObject,
		get: isGetObject,
		list: isList,
		complete: isComplete,
		abort: isAbort,
		callback: isCallback,
		form: isUpload,
		confirm: isConfirm,
		download: isDownload,
		formInit: isInit,
	};
	const requests = { ...signed, form: storage, confirm, download, formInit: init };
	for (const [name, request] of Object.entries(requests)) {
		const matching = Object.entries(matchers).filter(([, matches]) => matches(request));
		expect(matching.map(([matcher]) => matcher)).toEqual(name.startsWith('head') ? [] : [name]);
	}
});

test('what is not wanted is not drawn', () => {
	expect(kindsOf(init, { stallAllowed: false })).not.toContain('stall');
	expect(kindsOf(init, { retryAfter: false })).not.toContain('status 429 1');
	expect(kindsOf(storage, { only: ['stall', 'redirect'] })).toEqual(['redirect', 'stall']);
	expect(kindsOf(init, { only: ['redirect'] })).toEqual(['none']);
});

test('what one request draws does not shift what the next one draws', () => {
	const [first, second] = [init, storage].map((request) => {
		const schedule = seededFaults({ seed: 11, chance: 0.5 });
		return [request, confirm, confirm].map((each, index) => schedule({ ...each, index }));
	});
	expect(first.slice(1)).toEqual(second.slice(1));
});

test('faults in turn: the n-th that matches gets the n-th', () => {
	const schedule = faultsInTurn(isInit, { kind: 'stall' }, undefined, { kind: 'refuse' });
	const drawn = [confirm, init, init, confirm, init, init].map(
		(each, index) => schedule({ ...each, index })?.kind,
	);
	expect(drawn).toEqual([undefined, 'stall', undefined, undefined, 'refuse', undefined]);
	expect(isConfirm(confirm)).toBe(true);
});

test.each<[Fault['kind'], Fault, Requested]>([
	['redirect', { kind: 'redirect' }, init],
	['status', { kind: 'status', status: 500 }, storage],
	['successFalse', { kind: 'successFalse' }, init],
	['wrongEtag', { kind: 'wrongEtag' }, download],
	['wrongEtag', { kind: 'wrongEtag' }, signed.complete],
	['errorIn200', { kind: 'errorIn200' }, signed.part],
])('a fault %s where it has no meaning is an error of the test', (kind, fault, request) => {
	const source = new FaultSource(() => fault);
	const record = { ...request } as RecordedRequest;
	expect(() => source.draw(record)).toThrow(`The fault ${kind} does not apply to`);
	expect(record.fault).toBeUndefined();
});

test('a port that stays taken is an error that nobody catches', async () => {
	const server = new RefusingServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	jest.useFakeTimers();
	try {
		server.refuse(100);
		const listen = jest.spyOn(server, 'listen').mockImplementation(() => {
			server.emit('error', new Error('EADDRINUSE'));
			return server;
		});
		expect(() => jest.advanceTimersByTime(5000)).toThrow('EADDRINUSE');
		expect(listen).toHaveBeenCalledTimes(5);
	} finally {
		jest.useRealTimers();
		server.close();
	}
});
