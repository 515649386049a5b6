import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { INode, IRun } from 'n8n-workflow';

import { faultsInTurn, isConfirm, startOneCodex, type OneCodexStandIn } from '../onecodex';
import { writeRandomFile } from './files';
import { credentialOf, Host } from './host';
import { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import type { Server } from './server';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const WRONG_KEY = 'wrong-key-0123456789abcdef';
const once = { options: { maxRetries: 0 } };

let service: OneCodexStandIn;
/** Its policies are expired when it issues them, so that its storage refuses what it has read. */
let expired: OneCodexStandIn;
let host: Host;
let server: Server;
let client: RestClient;

const withAccount = (node: INode, id: string): INode => ({
	...node,
	credentials: { oneCodexApi: { id, name: id } },
});

beforeAll(async () => {
	service = await startOneCodex({
		faults: faultsInTurn(isConfirm, undefined, { kind: 'successFalse' }),
	});
	expired = await startOneCodex({ policyLifetime: -1 });
	host = await Host.create({ settings: { N8N_LOG_LEVEL: 'debug' } });
	await writeRandomFile(host.filesFolder, 'report.bin', 10_000);
	server = await host.start();
	client = new RestClient(server.url);
	await client.logIn();
	const named = (id: string) => ({ id, name: id });
	await client.addCredential(credentialOf(service));
	await client.addCredential(credentialOf({ ...service, apiKey: WRONG_KEY }, named('wrongKey')));
	await client.addCredential(credentialOf(expired, named('expired')));
	const uploading = (id: string, upload: INode) =>
		workflow(
			id,
			chain(manualTrigger(), readFiles('Read', `${host.filesFolder}/report.bin`), upload),
		);
	const upload = oneCodex('Upload', 'uploadDocument', once);
	await client.addWorkflows(
		uploading('good', upload),
		uploading('wrong-key', withAccount(upload, 'wrongKey')),
		uploading('refused-by-storage', withAccount(upload, 'expired')),
		uploading('not-confirmed', upload),
		uploading('init', oneCodex('Upload', 'initUpload')),
	);
});

afterAll(async () => {
	await server?.stop();
	await host?.close();
	await service?.close();
	await expired?.close();
});

/** As it is, and in Basic auth with and without the colon, whatever the base64 ends with. */
const formsOf = (key: string): string[] => [
	key,
	...[key, `${key}:`].map((text) => Buffer.from(text).toString('base64').replace(/=+$/, '')),
];

/** What the uploads were permitted with: the values of these fields, as they came to the storage. */
const permits = (): string[] =>
	[service, expired].flatMap(({ requests }) =>
		requests
			.flatMap(({ fields = [] }) => fields)
			.filter(([name]) => ['policy', 'signature'].includes(name))
			.map(([, value]) => value),
	);

/** Every file that n8n has written: its database, its logs, what it was given as files. */
async function written(): Promise<Map<string, Buffer>> {
	const entries = await readdir(host.userFolder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name));
	return new Map(
		await Promise.all(
			paths.map(
				async (path): Promise<[string, Buffer]> => [
					relative(host.userFolder, path),
					await readFile(path),
				],
			),
		),
	);
}

/** The files that hold one of the texts. */
const holding = (files: Map<string, Buffer>, texts: string[]): string[] =>
	[...files]
		.filter(([, bytes]) => texts.some((text) => bytes.includes(text)))
		.map(([path]) => path);

const errorOf = ({ resultData: { error } }: IRun['data']): string =>
	`${error?.message} ${error?.description}`;

it('leaves no key, policy or signature in log, database or executions', async () => {
	const good = await client.run('good', 'Start');
	assertSucceeded(good);
	const failures = [
		['wrong-key', /does not know this API key/],
		['refused-by-storage', /permission to upload has expired/],
		['not-confirmed', /did not confirm the upload/],
	] as const;
	const runs = [good];
	for (const [workflowId, words] of failures) {
		const run = await client.run(workflowId, 'Start');
		expect(errorOf(run)).toMatch(words);
		runs.push(run);
	}

	const keys = [service.apiKey, expired.apiKey, WRONG_KEY];
	// Of the three uploads that came as far as the storage.
	expect(permits()).toHaveLength(6);
	const secrets = [...keys.flatMap(formsOf), ...permits()];
	const executions = new Map(
		runs.map((run, index) => [`execution ${index}`, Buffer.from(JSON.stringify(run))]),
	);
	const files = await written();
	expect(holding(executions, secrets)).toEqual([]);
	expect(holding(files, secrets)).toEqual([]);

	// The search finds what is there: the runs, in the log and in the database.
	const [{ json }] = outputOf(good, 'Upload');
	const documentId = String(json.document_id);
	expect(holding(executions, [documentId])).toEqual(['execution 0']);
	expect(holding(files, [documentId]).join()).toMatch(/database\.sqlite/);
	const log = String(files.get('n8n.log'));
	expect(log).toMatch(/debug/);
	console.log(
		[
			`${keys.length} keys, each in three forms, and ${permits().length} policies and signatures:`,
			`in none of ${files.size} files (${log.length} characters of log)`,
			`and none of ${runs.length} executions`,
		].join(' '),
	);
});

it('finds a policy where there is one: in what Init Upload gives', async () => {
	const run = await client.run('init', 'Start');
	assertSucceeded(run);
	const [{ json }] = outputOf(run, 'Upload');
	const { policy, signature } = json.additional_fields as Record<string, string>;

	for (const secret of [policy, signature]) {
		expect(JSON.stringify(run)).toContain(secret);
		expect(holding(await written(), [secret]).join()).toMatch(/database\.sqlite/);
	}
	expect(holding(await written(), formsOf(service.apiKey))).toEqual([]);
});
