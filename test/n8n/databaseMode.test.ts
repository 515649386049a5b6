import { randomBytes } from 'node:crypto';

import { startOneCodex, type OneCodexStandIn, type StandInDocument } from '../onecodex';
import { heedsDatabaseLimit } from './differences';
import { confirmed, writeRandomFile, type Stored } from './files';
import { assertSucceeded } from './run';
import { SharedHost } from './shared/host';
import { databaseLimit } from './shared/server';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from './workflow';

jest.setTimeout(600_000);

const mib = 1024 * 1024;

let service: OneCodexStandIn;
let host: SharedHost;
let file: Stored;

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	file = await writeRandomFile(host.filesFolder, 'reads.fastq', 101 * mib);
	host.importAccount({ ...service, s3Endpoint: service.storageUrl });
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

const links = () => service.requests.filter(({ path }) => path.endsWith('/download_uri'));

function downloads({ id, filename }: StandInDocument): void {
	const documentId = { __rl: true, mode: 'id', value: id };
	const steps = [manualTrigger(), oneCodex('Download', 'download', { documentId })];
	host.importWorkflows(workflow(filename, chain(...steps)));
}

it('a hint tells of a large file that n8n has in its database', async () => {
	const steps = [
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/*`),
		oneCodex('Upload', 'uploadDocument'),
	];
	host.importWorkflows(workflow('upload', chain(...steps)));

	const { data } = await host.execute('upload', 'database');

	assertSucceeded(data);
	expect(confirmed(service)).toEqual([file]);
	expect(data.resultData.runData.Upload[0].hints).toMatchObject([
		{ message: expect.stringMatching(/1 large file in memory.*N8N_DEFAULT_BINARY_DATA_MODE/) },
	]);
});

it.each([
	['database', 256, 'n8n keeps the file in its database'],
	['default', 384, 'n8n keeps the file in memory'],
] as const)(
	'a document that is too large for the mode %s is refused before it costs a link',
	async (mode, size, message) => {
		const document = service.seed({ filename: `${mode}.fastq`, size: size * mib });
		downloads(document);

		const { data } = await host.execute(document.filename, mode);

		const { error } = data.resultData;
		expect(error?.message).toContain(message);
		expect(error?.message).toContain(document.id);
		expect(error?.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
		expect(links()).toEqual([]);
	},
);

it("n8n's own limit is told in its words, with what to do", async () => {
	const document = service.seed({
		filename: 'above.bin',
		bytes: randomBytes((databaseLimit + 1) * mib),
	});
	downloads(document);

	const { data } = await host.execute(document.filename, 'database');

	if (!heedsDatabaseLimit) return assertSucceeded(data);
	const { error } = data.resultData;
	expect(error?.message).toMatch(
		/n8n could not keep the file: .*above\.bin.* 111 MB .* 110 MB .*N8N_BINARY_DATA_DATABASE_MAX/,
	);
	expect(error?.message).toContain(document.id);
	expect(error?.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
});
