import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import type { INodeParameters } from 'n8n-workflow';

import { isConfirm, isInit, isUpload, startOneCodex, type Fault } from '../onecodex';
import { ownTime } from '../ownTime';
import { closedAfterTest } from './closing';
import { departures } from './departures';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';
import { until } from './until';

/** A storage that takes a connection and a little of what is sent, and then reads no further. */
async function startStuckStorage() {
	let connected: (socket: Socket) => void = () => undefined;
	const connection = new Promise<Socket>((resolve) => (connected = resolve));
	const server = createServer((socket) => {
		socket.once('data', () => {
			socket.pause();
			connected(socket);
		});
		socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		(await connection).destroy();
		server.close();
	};
	return { url: `http://127.0.0.1:${port}`, connection, close };
}

it('stops the transfer within two seconds, and nothing leaves after it', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const storage = closedAfterTest(await startStuckStorage());
	const paths: string[] = [];
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, ({ url }, response) => {
			paths.push(url ?? '');
			return answer(response, 200, {
				document_id: '0123456789abcdef',
				upload_url: storage.url,
				additional_fields: { key: 'k' },
			});
		}),
	);

	let cancel = () => {};
	const running = run({
		credentials: { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl },
		items: [
			{ json: {}, binary: { data: await storedBinary(randomBytes(40_000_000), 'large.bin') } },
			{ json: {}, binary: { data: await storedBinary(randomBytes(10), 'next.bin') } },
		],
		steps: [{ operation: 'uploadDocument', options: { maxConcurrency: 1 } }],
		onStart: (stop) => (cancel = stop),
	});

	const socket = await storage.connection;
	const closed = new Promise((resolve) => socket.resume().once('close', resolve));
	const cancelledAt = ownTime();
	cancel();
	await closed;
	const result = await running;
	expect(ownTime() - cancelledAt).toBeLessThan(2_000);
	expect(result.status).toBe('canceled');

	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(paths).toEqual(['/api/v1/documents/init_upload']);
});

type Reached = typeof isInit;

describe('while it waits', () => {
	const uploadDocument: INodeParameters[] = [{ operation: 'uploadDocument' }];
	const initMany: INodeParameters[] = [
		{ operation: 'initUpload', source: 'define', fileName: 'a.bin', size: 1 },
	];

	it.each<[string, INodeParameters[], number, Fault | undefined, Reached]>([
		[
			'to repeat an init',
			uploadDocument,
			1,
			{ kind: 'status', status: 429, retryAfter: '60' },
			isInit,
		],
		['for an answer of init', uploadDocument, 1, { kind: 'stall' }, isInit],
		['for the storage', uploadDocument, 1, { kind: 'stall' }, isUpload],
		['for an answer of confirm', uploadDocument, 1, { kind: 'stall' }, isConfirm],
		['for an answer of a declarative operation', initMany, 1, { kind: 'stall' }, isInit],
		[
			'to repeat a declarative operation',
			initMany,
			1,
			{ kind: 'status', status: 503, retryAfter: '60' },
			isInit,
		],
		['for its turn, with 100 items', initMany, 100, undefined, isInit],
	])('%s, nothing more leaves', async (_, steps, count, fault, isReached) => {
		const oneCodex = closedAfterTest(
			await startOneCodex({
				faults: (request) => (isReached(request) ? fault : undefined),
			}),
		);
		let cancel = () => {};
		const data = await storedBinary(randomBytes(1_000), 'a.bin');
		const running = run({
			credentials: oneCodex,
			items: Array.from({ length: count }, () => ({ json: {}, binary: { data } })),
			steps,
			onStart: (stop) => (cancel = stop),
		});
		await until(() => oneCodex.requests.some(isReached));
		await new Promise((resolve) => setTimeout(resolve, 200));

		const before = departures();
		const cancelledAt = ownTime();
		cancel();
		const { status } = await running;
		expect(ownTime() - cancelledAt).toBeLessThan(2_000);
		expect(status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(departures()).toBe(before);
		// Nothing is left open that was not answered.
		await until(() =>
			oneCodex.requests.every(({ status: answered, aborted }) => answered > 0 || aborted),
		);
	});
});
