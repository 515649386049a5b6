import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { isConfirm, isUpload, startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { ask } from '../../ask';
import { rerunsWhatAWorkerLost } from '../differences';
import { confirmed } from '../files';
import { RestClient } from '../rest';
import type { Server } from '../server';
import { until } from '../until';
import { chain, oneCodex, webhook, workflow } from '../workflow';
import { Cluster } from './cluster';

jest.setTimeout(600_000);

const MIB = 1024 * 1024;
const names = ['a.bin', 'b.bin', 'c.bin'];
// The second is on its way for a minute: the worker is killed in the middle of it.
const sizes = [1_000, 64 * MIB, 2_000];

let service: OneCodexStandIn;
let cluster: Cluster;
let isSlow = false;

beforeAll(async () => {
	let uploads = 0;
	service = await startOneCodex({
		faults: (request) =>
			isUpload(request) && ++uploads > 1 && isSlow
				? { kind: 'slow', bytesPerSecond: MIB }
				: undefined,
	});
	// How soon it is noticed that a worker is gone.
	const soon = { QUEUE_WORKER_LOCK_DURATION: '5000', QUEUE_WORKER_STALLED_INTERVAL: '2000' };
	cluster = await Cluster.create(2, { QUEUE_WORKER_LOCK_RENEW_TIME: '1000', ...soon });
	await cluster.main.importAccount(service);
	const upload = oneCodex('Upload', 'uploadDocument', {
		binaryPropertyName: '*',
		options: { maxConcurrency: 1, transfer: 'post', ifExists: 'skip' },
	});
	const receive = webhook('upload');
	receive.parameters.responseMode = 'onReceived';
	await cluster.main.importWorkflows(workflow('upload', chain(receive, upload)));
	await cluster.main.activate('upload');
});

afterAll(async () => {
	await cluster?.close();
	await service?.close();
});

/** The one that runs the execution, as its log says. */
async function busyWorker(workers: Server[]): Promise<Server> {
	for (const worker of workers) {
		const log = await readFile(worker.logFile, 'utf8');
		if (log.includes('Worker started execution')) return worker;
	}
	throw new Error('No worker has begun');
}

it('a worker is killed: what it had confirmed is not uploaded again, with If It Exists at Skip', async () => {
	isSlow = true;
	const { main, workers, stop } = await cluster.start('filesystem');
	try {
		const client = new RestClient(main.url);
		await client.logIn();
		const files = sizes.map((size) => new Blob([new Uint8Array(randomBytes(size))]));
		const post = async () => {
			const body = new FormData();
			for (const [at, file] of files.entries()) body.append(`file${at}`, file, names[at]);
			await ask(`${main.url}/webhook/upload`, { method: 'POST', body });
		};
		const ended = async (status: string) =>
			await until(`an execution that ends with ${status}`, async () =>
				(await client.ended('upload')).some((execution) => execution.status === status),
			);
		await post();
		const second = () => service.requests.filter(isUpload).at(1);
		await until('the second file on its way', () => (second()?.bytes ?? 0) > 0);
		const busy = await busyWorker(workers);
		isSlow = false;
		await busy.kill();

		if (!rerunsWhatAWorkerLost) {
			// n8n keeps nothing of it, and so has nothing to retry: whoever sent the files sends them again.
			await ended('error');
			await post();
		}
		await ended('success');
		expect(confirmed(service).map(({ filename }) => filename)).toEqual(names);
		expect(service.requests.filter(isConfirm)).toHaveLength(3);
	} finally {
		await stop();
	}
});
