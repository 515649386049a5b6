import { basename, join } from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { binaryDataModes } from './differences';
import { sha256, sorted, writeRandomFile, type Stored } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import {
	chain,
	manualTrigger,
	noOperation,
	oneCodex,
	readFiles,
	workflow,
	writeFile,
} from './workflow';

jest.setTimeout(600_000);

const kib = 1024;

let service: OneCodexStandIn;
let host: SharedHost;
let files: Stored[];

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The whole life of documents, every step with what the step before it gave. */
function lifeOfDocuments() {
	const once = { executeOnce: true };
	const document = (documentId: string, more: object = {}) => ({
		documentId: byId(documentId),
		...more,
	});
	const friend = { userId: byId(service.users[1].id) };
	const filters = {
		filename: 'REPORT',
		minSize: 2 * kib,
		// Read by luxon, which the n8n of the installed package has to bring.
		createdAfter: '={{ $now.minus({ days: 1 }) }}',
		createdBefore: 'Fri, 31 Dec 2100 23:59:59 +0000',
	};
	return chain(
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/originals/*`),
		oneCodex('Upload', 'uploadDocument'),
		oneCodex('Look', 'get', document('={{ $json.document.$ref }}')),
		oneCodex('List', 'getAll', { options: { sort: 'name' } }, once),
		oneCodex('Filter', 'getAll', { filters }, once),
		oneCodex('Rename', 'rename', document('={{ $json.document_id }}', { fileName: 'final 1.pdf' })),
		oneCodex('Share', 'share', document('={{ $json.$uri }}', friend)),
		oneCodex('Share again', 'share', document('={{ $json.document_id }}', friend)),
		oneCodex(
			'Unshare',
			'unshare',
			document('={{ $json.$uri }}', { userId: byId('={{ $json.downloaders[0].$ref }}') }),
		),
		oneCodex('List anew', 'getAll', { returnAll: true, simplify: false }, once),
		oneCodex('Download', 'download', document('={{ $json.$uri }}', { binaryPropertyName: 'data' })),
		writeFile('Write', `=${host.filesFolder}/{{ $json.document_id }}.copy`),
		oneCodex('Delete', 'delete', document("={{ $('Download').item.json.document_id }}")),
		oneCodex('List at last', 'getAll', {}, { ...once, alwaysOutputData: true }),
		noOperation('After'),
	);
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	const write = async (name: string, size: number) =>
		await writeRandomFile(host.filesFolder, `originals/${name}`, size);
	files = sorted([
		await write('reads_1.fastq', 300 * kib),
		await write('reads_2.fastq', kib),
		await write('report.pdf', 3 * kib),
	]);
	host.importAccount(service);
	host.importWorkflows(
		workflow('life', lifeOfDocuments()),
		workflow('empty', chain(manualTrigger(), oneCodex('List', 'getAll'), noOperation('After'))),
	);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

const jsonOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);
const namesOf = (items: INodeExecutionData[]) => jsonOf(items).map(({ filename }) => filename);

it.each(binaryDataModes)(
	'documents go through their whole life in one workflow, binary data mode %s',
	async (mode) => {
		const { data } = await host.execute('life', mode);

		assertSucceeded(data);
		const output = (node: string) => outputOf(data, node);
		const idOf = (name: string) =>
			output('Upload').find(({ json }) => json.filename === name)?.json.document_id as string;
		const report = idOf('report.pdf');
		const $uri = `/api/v1/documents/${report}`;
		const friend = { $ref: `/api/v1/users/${service.users[1].id}` };

		expect(jsonOf(output('Look'))).toEqual(
			jsonOf(output('Upload')).map(({ document_id, filename, size }) => ({
				document_id,
				$uri: `/api/v1/documents/${document_id as string}`,
				filename,
				size,
				created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				uploader: { $ref: `/api/v1/users/${service.userId}` },
				downloaders: [],
			})),
		);
		expect(output('List').map(({ json: { filename, size } }) => ({ filename, size }))).toEqual(
			files.map(({ filename, size }) => ({ filename, size })),
		);
		expect(jsonOf(output('Filter'))).toEqual([
			{
				document_id: report,
				$uri,
				filename: 'report.pdf',
				size: 3 * kib,
				created_at: expect.any(String),
				uploader_id: service.userId,
				uploader_uri: `/api/v1/users/${service.userId}`,
				downloader_ids: [],
			},
		]);
		expect(jsonOf(output('Rename'))).toMatchObject([{ $uri, filename: 'final_1.pdf' }]);
		for (const share of ['Share', 'Share again']) {
			expect(jsonOf(output(share))).toMatchObject([{ $uri, downloaders: [friend] }]);
		}
		expect(jsonOf(output('Unshare'))).toMatchObject([{ $uri, downloaders: [] }]);

		expect(namesOf(output('List anew')).sort()).toEqual([
			'final_1.pdf',
			'reads_1.fastq',
			'reads_2.fastq',
		]);
		const downloads = output('Download');
		expect(namesOf(downloads)).toEqual(namesOf(output('List anew')));
		for (const { json, binary } of downloads) {
			const original = files.find(({ filename }) => idOf(filename) === json.document_id);
			expect(binary?.data).toMatchObject({ fileName: json.filename });
			expect(await sha256(join(host.filesFolder, `${String(json.document_id)}.copy`))).toBe(
				original?.sha256,
			);
		}

		expect(output('Delete')).toEqual(
			[0, 1, 2].map((item) => ({ json: { deleted: true }, pairedItem: { item } })),
		);
		expect(jsonOf(output('List at last'))).toEqual([{}]);
		expect(jsonOf(output('After'))).toEqual([{}]);
		expect(service.documents).toEqual([]);
		const changes = service.requests
			.filter(({ path }) => path.startsWith(`${$uri}/`) || path === $uri)
			// On a busy machine requests arrive less evenly than they leave; a refused one is repeated.
			.filter(({ status }) => status !== 429)
			.map(({ method, path, status }) => `${method} ${basename(path)} ${status}`);
		expect(changes).toEqual([
			`GET ${report} 200`,
			'PATCH rename 200',
			'POST add_user 200',
			'POST add_user 200',
			'POST remove_user 200',
			`GET ${report} 200`,
			'POST download_uri 200',
			`DELETE ${report} 204`,
		]);
	},
);

it('an account without documents is no error, and the workflow ends there', async () => {
	const { data, status } = await host.execute('empty');

	expect(status).toBe('success');
	expect(outputOf(data, 'List')).toEqual([]);
	expect(data.resultData.runData.After).toBeUndefined();
});
