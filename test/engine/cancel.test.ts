import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';

import { startOneCodex } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';

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
	const cancelledAt = Date.now();
	cancel();
	await closed;
	const result = await running;
	expect(Date.now() - cancelledAt).toBeLessThan(2_000);
	expect(result.status).toBe('canceled');

	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(paths).toEqual(['/api/v1/documents/init_upload']);
});
