import type { IDataObject, INode, IRun } from 'n8n-workflow';

import { isConfirm, isInit, startOneCodex, type Fault, type OneCodexStandIn } from '../onecodex';
import { ask } from '../ask';
import { hasCombinedBinaryMode } from './differences';
import { writeRandomFile } from './files';
import { Host } from './host';
import { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import type { Server } from './server';
import { until } from './until';
import {
	chain,
	manualTrigger,
	node,
	oneCodex,
	readFiles,
	webhook,
	workflow,
	type Link,
} from './workflow';

jest.setTimeout(600_000);

const kib = 1024;
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
const oneByOne = { options: { maxConcurrency: 1 } };

let service: OneCodexStandIn;
let host: Host;
let server: Server;
let client: RestClient;
/** What goes wrong with the n-th init, from 1 on. */
let fault: (init: number) => Fault | undefined;
let inits = 0;

const read = (glob: string, name = 'Read') => readFiles(name, `${host.filesFolder}/${glob}`);
const upload = (name = 'Upload', extra: Parameters<typeof oneCodex>[3] = retry) =>
	oneCodex(name, 'uploadDocument', oneByOne, extra);
const refusedOnce = (...numbers: number[]) => {
	fault = (init) => (numbers.includes(init) ? { kind: 'status', status: 403 } : undefined);
};

/** Two by two through a loop. */
function loop(): Link[] {
	const batches = node('n8n-nodes-base.splitInBatches', 3, 'Loop', { batchSize: 2, options: {} });
	const uploading = upload();
	return [
		...chain(manualTrigger(), read('good/*'), batches),
		{ from: batches, to: uploading, output: 1 },
		{ from: uploading, to: batches },
	];
}

/** The same files come by two ways, and so to two runs of the node. */
function twoWays(): Link[] {
	const start = manualTrigger();
	const uploading = upload();
	return ['Read', 'Read again'].flatMap((name) => {
		const reading = read('good/*', name);
		return [
			{ from: start, to: reading },
			{ from: reading, to: uploading },
		];
	});
}

const called = () =>
	node('n8n-nodes-base.executeWorkflowTrigger', 1.1, 'Called', { inputSource: 'passthrough' });

/** A workflow of its own is called for each file, and for all of them once more. */
function calls(): Link[] {
	const call = (name: string, mode: string) =>
		node('n8n-nodes-base.executeWorkflow', 1.2, name, {
			workflowId: { __rl: true, mode: 'id', value: 'called' },
			mode,
			options: {},
		});
	const files = read('good/*');
	return [
		...chain(manualTrigger(), files, call('Each', 'each')),
		{ from: files, to: call('All', 'once') },
	];
}

/** What fails is uploaded by another node, with the file that it kept. */
const secondNode = (first: INode, output: number): Link[] => [
	...chain(manualTrigger(), read('good/*'), first),
	{ from: first, to: oneCodex('Again', 'uploadDocument', { binaryPropertyName: '*' }), output },
];
const failingNodes: Array<[string, IDataObject]> = [
	['uploadDocument', {}],
	['initUpload', {}],
	[
		'uploadFile',
		{
			uploadUrl: 'https://127.0.0.1:9',
			documentId: '0123456789abcdef',
			uploadFields: '{"key": "k"}',
			options: { maxRetries: 0 },
		},
	],
];

beforeAll(async () => {
	service = await startOneCodex({
		maxFileSize: 64 * kib,
		faults: (request) => (isInit(request) ? fault(++inits) : undefined),
	});
	host = await Host.create();
	for (const name of ['a', 'b', 'c', 'd']) {
		await writeRandomFile(host.filesFolder, `good/${name}.bin`, kib);
	}
	await writeRandomFile(host.filesFolder, 'three/a.bin', kib);
	await writeRandomFile(host.filesFolder, 'three/b.bin', 65 * kib);
	await writeRandomFile(host.filesFolder, 'three/c.bin', kib);
	await host.importAccount(service);
	const stopping = { ...retry, retryOnFail: false };
	await host.importWorkflows(
		workflow('three', chain(manualTrigger(), read('three/*'), upload())),
		workflow('stop', chain(manualTrigger(), read('good/*'), upload('Upload', stopping))),
		workflow(
			'skip',
			chain(
				manualTrigger(),
				read('good/*'),
				oneCodex('Upload', 'uploadDocument', { options: { ifExists: 'skip' } }),
			),
		),
		workflow(
			'webhook',
			chain(
				{
					...webhook('twice'),
					parameters: { ...webhook('twice').parameters, responseMode: 'onReceived' },
				},
				oneCodex('Upload', 'uploadDocument', { ...oneByOne, binaryPropertyName: '*' }),
			),
		),
		workflow('loop', loop(), { executionOrder: 'v1' }),
		workflow('two-ways', twoWays(), { executionOrder: 'v1' }),
		workflow('called', chain(called(), upload())),
		workflow('calls', calls(), { executionOrder: 'v1' }),
		...failingNodes.flatMap(([operation, parameters]) =>
			(['separate', 'combined'] as const).flatMap((binaryMode) =>
				(['continueRegularOutput', 'continueErrorOutput'] as const).map((onError, output) =>
					workflow(
						`${operation}-${binaryMode}-${output}`,
						secondNode(oneCodex('Fails', operation, parameters, { onError }), output),
						{ binaryMode },
					),
				),
			),
		),
	);
	await host.activate('webhook');
	server = await host.start();
	client = new RestClient(server.url);
	await client.logIn();
});

beforeEach(() => {
	service.reset();
	inits = 0;
	fault = () => undefined;
});

afterAll(async () => {
	await server?.stop();
	await host?.close();
	await service?.close();
});

const confirmed = () => service.documents.filter(({ state }) => state === 'confirmed');
const names = () => confirmed().map(({ filename }) => filename);
const once = ['a.bin', 'b.bin', 'c.bin', 'd.bin'];
const twice = once.flatMap((name) => [name, name]);
const runsOf = ({ resultData }: IRun['data'], name: string) => resultData.runData[name] ?? [];
const idsOf = (data: IRun['data'], name = 'Upload') =>
	runsOf(data, name).flatMap(
		(each) => each.data?.main.flatMap((items) => items?.map(({ json }) => json.document_id)) ?? [],
	);

it('Retry On Fail uploads no good file twice, and the error names what was done', async () => {
	const { resultData } = await client.run('three', 'Start');

	expect(names()).toEqual(['a.bin']);
	expect(service.requests.filter(isInit)).toHaveLength(4);
	expect(resultData.error).toMatchObject({
		message: expect.stringContaining('[b.bin, document'),
		description: expect.stringContaining(`Done before it: a.bin (${confirmed()[0].id}).`),
	});
});

it.each([true, false])(
	"n8n's Retry button goes on where it failed, with the workflow loaded anew: %s",
	async (loadWorkflow) => {
		refusedOnce(3);
		const failed = await client.start('stop', 'Start');
		expect((await client.result(failed)).resultData.error).toBeDefined();
		expect(names()).toEqual(['a.bin', 'b.bin']);

		const { status, data } = await client.retryAs(failed, loadWorkflow);
		expect(status).toBe('success');
		expect(names()).toEqual(once);
		expect(idsOf(data)).toEqual(confirmed().map(({ id }) => id));
		expect(service.requests.filter(isConfirm)).toHaveLength(4);
		expect(data.executionData?.contextData['node:Upload']).toEqual({});
	},
);

it("n8n's Retry button does so with the files of a webhook, which n8n moves meanwhile", async () => {
	refusedOnce(2);
	const body = new FormData();
	for (const name of once) body.append(name, new Blob([name]), name);
	await ask(`${server.url}/webhook/twice`, { method: 'POST', body });
	const failed = async () =>
		(await client.ended('webhook')).find(({ status }) => status === 'error');
	await until('the failure', async () => (await failed()) !== undefined);
	// n8n puts the files of a webhook into the item as each of them is written.
	expect(names()).toHaveLength(1);

	expect(await client.retry((await failed())?.id ?? '')).toBe('success');
	expect(names().sort()).toEqual(once);
});

it('in a loop each batch is uploaded once, also the one that was tried again', async () => {
	refusedOnce(2, 5);
	const data = await client.run('loop', 'Start');

	assertSucceeded(data);
	expect(names().sort()).toEqual(once);
	expect(runsOf(data, 'Upload')).toHaveLength(2);
	expect(idsOf(data).sort()).toEqual(
		confirmed()
			.map(({ id }) => id)
			.sort(),
	);
});

it('two runs of the node upload each what they get', async () => {
	refusedOnce(3, 8);
	const data = await client.run('two-ways', 'Start');

	assertSucceeded(data);
	expect(runsOf(data, 'Upload')).toHaveLength(2);
	expect(names().sort()).toEqual(twice);
	expect(idsOf(data).sort()).toEqual(
		confirmed()
			.map(({ id }) => id)
			.sort(),
	);
});

it('a workflow that is called uploads what it is called with, each time', async () => {
	refusedOnce(2, 7);
	const data = await client.run('calls', 'Start');

	assertSucceeded(data);
	expect(names().sort()).toEqual(twice);
});

it('Skip uploads what is not there, however often the workflow runs', async () => {
	const upload = async () =>
		outputOf(await client.run('skip', 'Start'), 'Upload').map(({ json }) => json.skipped ?? false);
	expect(await upload()).toEqual([false, false, false, false]);
	const second = service.documents.findIndex(({ filename }) => filename === 'b.bin');
	service.documents.splice(second, 1);
	expect(await upload()).toEqual([true, false, true, true]);
	expect(names().sort()).toEqual(once);
});

describe.each(failingNodes.map(([operation]) => operation))('%s', (operation) => {
	const modes = hasCombinedBinaryMode ? ['separate', 'combined'] : ['separate'];
	it.each(modes.flatMap((mode) => [`${mode}-0`, `${mode}-1`]))(
		'gives what it kept to the next node: %s',
		async (mode) => {
			// The first node's four inits; Upload File has none, and nothing answers where it sends.
			fault = (init) =>
				operation !== 'uploadFile' && init <= 4 ? { kind: 'status', status: 403 } : undefined;
			const data = await client.run(`${operation}-${mode}`, 'Start');

			assertSucceeded(data);
			const failed = outputOf(data, 'Fails', Number(mode.at(-1)));
			expect(failed).toHaveLength(4);
			for (const { json } of failed) {
				expect(json).toMatchObject({
					error: expect.any(String),
					details: {
						filename: expect.any(String),
						binaryPropertyName: expect.stringMatching(/data$/),
					},
				});
			}
			expect(names().sort()).toEqual(once);
			expect(outputOf(data, 'Again').map(({ json }) => json.filename)).toEqual(once);
		},
	);
});
