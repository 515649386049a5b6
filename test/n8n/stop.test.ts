import { setTimeout as delay } from 'node:timers/promises';

import { isPart, isUpload, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { ownTime } from '../ownTime';
import { writeRandomFile } from './files';
import type { RestClient } from './rest';
import { SharedHost } from './shared/host';
import { sharedServer } from './shared/server';
import { until } from './until';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const MIB = 1024 * 1024;
/** Slow enough to be stopped in time, and fast enough that what is in the buffers is read within it. */
const SLOW = { kind: 'slow', bytesPerSecond: 8 * MIB } as const;

let service: OneCodexStandIn;
let host: SharedHost;
let client: RestClient;
let pid: number;

beforeAll(async () => {
	service = await startOneCodex({
		faults: (request) => (isUpload(request) || isPart(request) ? SLOW : undefined),
	});
	host = await SharedHost.create();
	await writeRandomFile(host.filesFolder, 'large.bin', 200 * MIB);
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
	const upload = (transfer: string) =>
		chain(
			manualTrigger(),
			readFiles('Read', `${host.filesFolder}/large.bin`),
			oneCodex('Upload', 'uploadDocument', { options: { transfer } }),
		);
	host.importWorkflows(
		workflow('by-form', upload('post')),
		workflow('in-parts', upload('multipart')),
	);
	client = await host.client();
	({ pid } = await sharedServer('filesystem'));
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

it.each([
	['by-form', isUpload],
	['in-parts', isPart],
])('a stopped execution closes its connections within two seconds: %s', async (id, isSending) => {
	const sending = () => service.requests.filter((each) => isSending(each) && each.bytes > 0);
	const execution = await client.start(id, 'Start');
	await until('a file is being sent', () => sending().length > 0);

	await client.stop(execution);
	const stoppedAt = ownTime(pid);
	await until('its connections are closed', () => sending().every(({ aborted }) => aborted));
	expect(ownTime(pid) - stoppedAt).toBeLessThan(2_000);

	const before = service.requests.length;
	await delay(2_000);
	expect(service.requests).toHaveLength(before);
	expect(service.documents.filter(({ state }) => state === 'confirmed')).toEqual([]);
	if (id === 'in-parts') expect(service.multipartUploads).toMatchObject([{ state: 'aborted' }]);
});
