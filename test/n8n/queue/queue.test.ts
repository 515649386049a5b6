import { randomBytes } from 'node:crypto';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { ask } from '../../ask';
import { credentialOf } from '../host';
import { confirmed, sha256Of, sorted, type Stored } from '../files';
import { RestClient } from '../rest';
import { until } from '../until';
import { chain, oneCodex, webhook, workflow } from '../workflow';
import { Cluster, executionsOf } from './cluster';

jest.setTimeout(600_000);

const executions = 50;
const filesOfOne = 2;
const uploads = executions * filesOfOne;

/** Requests of One Codex in a second, for one key. */
const rate = 10;

let service: OneCodexStandIn;
let cluster: Cluster;
let isPrepared = false;

beforeAll(async () => {
	service = await startOneCodex();
	cluster = await Cluster.create(2);
});

afterEach(() => service.reset());

afterAll(async () => {
	await cluster?.close();
	await service?.close();
});

/** The first start puts the workflow into the database, where the next one finds it. */
async function prepare(url: string): Promise<void> {
	if (isPrepared) return;
	const client = new RestClient(url);
	await client.logIn();
	await client.addCredential(credentialOf(service));
	const upload = oneCodex('Upload', 'uploadDocument', { binaryPropertyName: '*' });
	await client.addWorkflow(workflow('upload', chain(webhook('upload'), upload)));
	await client.activate('upload');
	isPrepared = true;
}

interface Sent {
	bytes: Buffer;
	stored: Stored;
}

function randomFile(name: string): Sent {
	const bytes = randomBytes(1 + Math.floor(Math.random() * 100_000));
	return { bytes, stored: { filename: name, size: bytes.length, sha256: sha256Of(bytes) } };
}

/** Posts files to the webhook; gives what the upload said of each. */
async function post(url: string, files: Sent[]): Promise<unknown[]> {
	const body = new FormData();
	for (const [index, { bytes, stored }] of files.entries()) {
		body.append(`file${index}`, new Blob([new Uint8Array(bytes)]), stored.filename);
	}
	const send = async () => await ask(`${url}/webhook/upload`, { method: 'POST', body });
	let answer = await send();
	// Main answers before it has registered the webhooks of its workflows.
	await until('the webhook is registered', async () => {
		if (answer.status === 404) answer = await send();
		return answer.status !== 404;
	});
	if (!answer.ok) throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
	return (await answer.json()) as unknown[];
}

it.each(['database', 'filesystem'] as const)(
	'two workers upload what comes by webhook, with binary data in the %s',
	async (mode) => {
		const batches = Array.from({ length: executions }, (_, batch) =>
			Array.from({ length: filesOfOne }, (__, file) => randomFile(`file-${batch}-${file}.bin`)),
		);
		const { main, workers, stop } = await cluster.start(mode);
		try {
			await prepare(main.url);
			const start = performance.now();
			const answers = await Promise.all(batches.map(async (files) => await post(main.url, files)));
			const seconds = (performance.now() - start) / 1_000;

			const shares = await Promise.all(workers.map(executionsOf));
			const calls = service.requests.filter(({ side }) => side === 'api');
			const refused = calls.filter(({ status }) => status === 429).length;
			const limit = (calls.length - refused) / rate;
			console.log(
				`${mode}: ${uploads} uploads, by the workers ${shares.join(' + ')} executions, ` +
					`in ${seconds.toFixed(1)} s; the limit allows ${limit} s at best; ` +
					`${refused} of ${calls.length} requests refused (429)`,
			);
			expect(answers.flat()).toHaveLength(uploads);
			expect(shares[0] + shares[1]).toBe(executions);
			for (const share of shares) expect(share).toBeGreaterThan(0);
			expect(confirmed(service)).toEqual(sorted(batches.flat().map(({ stored }) => stored)));
			for (const { confirmations } of service.documents) expect(confirmations).toBe(1);
		} finally {
			await stop();
		}
	},
);
