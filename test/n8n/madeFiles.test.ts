import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { hasCombinedBinaryMode } from './differences';
import { exampleWorkflow, withSettings } from './examples';
import { confirmed, sha256, writeRandomFile, type Stored } from './files';
import { SharedHost } from './shared/host';
import { assertSucceeded, outputOf } from './run';
import { chain, manualTrigger, node, oneCodex, readFiles, workflow, writeFile } from './workflow';

jest.setTimeout(600_000);

/** What people write into a Code node: each label is a file, or something in place of one. */
const CODE = `
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7) % 256));
const base64 = bytes.toString('base64');
const meta = { mimeType: 'application/pdf', fileName: 'report.pdf' };
const one = (label, data) => ({ json: { label }, binary: { data } });
return [
	one('plain', { data: base64, ...meta }),
	one('lines', { data: base64.replace(/.{76}/g, '$&\\r\\n'), ...meta }),
	one('newline', { data: base64 + '\\n', ...meta }),
	one('unpadded', { data: base64.replace(/=+$/, ''), ...meta }),
	one('address', { data: bytes.toString('base64url'), ...meta }),
	one('typeless', { data: base64, fileName: 'report.pdf' }),
	one('nameless', { data: base64, mimeType: 'application/pdf' }),
	one('store', { data: 'filesystem-v2', ...meta }),
];`;
const files = ['plain', 'lines', 'newline', 'unpadded', 'address', 'typeless', 'nameless'];

const modes = ['separate', 'combined'] as const;
const goOn = { onError: 'continueRegularOutput' } as const;

let service: OneCodexStandIn;
let host: SharedHost;
let report: Stored;

/** The Filter of docs/upload-from-email.md, as the example has it. */
function exampleFilter(): INode {
	const filter = exampleWorkflow('upload-from-email').nodes.find(
		({ name }) => name === 'Has attachments',
	);
	if (!filter) throw new Error('The example has no filter');
	return filter;
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	report = await writeRandomFile(host.filesFolder, 'read/report.pdf', 3_000);
	await writeRandomFile(host.filesFolder, 'read/b.pdf', 2_000);
	const example = (name: string, id: string, settings: Record<string, unknown>) => ({
		...withSettings(exampleWorkflow(name), id, settings),
		settings: { executionOrder: 'v1', binaryMode: 'combined' } as const,
	});
	host.importAccount(service);
	host.importWorkflows(
		...modes.flatMap((binaryMode) => {
			const start = manualTrigger();
			const code = node('n8n-nodes-base.code', 2, 'Code', { jsCode: CODE });
			const out = join(host.filesFolder, binaryMode);
			const write = { ...writeFile('Write', `=${out}/{{ $json.label }}`), ...goOn };
			// n8n's own node wants the whole path where files are in the JSON.
			if (binaryMode === 'combined' && hasCombinedBinaryMode) {
				write.parameters.dataPropertyName = '_files.data';
			}
			const upload = oneCodex('Upload', 'uploadDocument', {}, goOn);
			const read = readFiles('Read', `${host.filesFolder}/read/report.pdf`);
			const all = oneCodex('Upload', 'uploadDocument', { binaryPropertyName: '*' });
			const filter = exampleFilter();
			const none = node('n8n-nodes-base.set', 3.4, 'No file', { options: {} });
			return [
				workflow(`made-${binaryMode}`, [...chain(start, code, upload), ...chain(code, write)], {
					binaryMode,
				}),
				workflow(
					`filter-${binaryMode}`,
					[...chain(start, read, filter, all), ...chain(start, none, filter)],
					{ binaryMode },
				),
			];
		}),
		example('upload-in-steps-with-retry', 'steps-combined', {
			files: `${host.filesFolder}/read/*.pdf`,
		}),
		example('clean-up-old-documents', 'clean-up-combined', { dry_run: false, name_contains: '' }),
	);
	for (const mode of modes) await mkdir(join(host.filesFolder, mode));
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

describe.each(modes)('in the binary mode %s', (mode) => {
	it('what a Code node made goes up as n8n writes it, and what is no file does not', async () => {
		const { data } = await host.execute(`made-${mode}`);

		assertSucceeded(data);
		const items = outputOf(data, 'Upload');
		expect(items).toHaveLength(files.length + 1);
		for (const [index, label] of files.entries()) {
			const { document_id, filename, size } = items[index].json;
			expect([label, filename, size]).toEqual([
				label,
				label === 'nameless' ? 'document.pdf' : 'report.pdf',
				1_000,
			]);
			const { object } = service.document(String(document_id));
			expect(object?.sha256).toBe(await sha256(join(host.filesFolder, mode, label)));
		}
		expect(items.at(-1)?.json.error).toMatch(/has the name of n8n's store .*in place of its bytes/);
		expect(service.documents).toHaveLength(files.length);
	});

	it('the Filter for e-mails with attachments lets pass what has a file, and nothing else', async () => {
		const { data } = await host.execute(`filter-${mode}`);

		// Without a file there is an error that would end the run.
		assertSucceeded(data);
		expect(data.resultData.runData['No file']).toHaveLength(1);
		expect(confirmed(service)).toEqual([report]);
	});
});

describe('an example in the combined binary mode', () => {
	it('uploads in steps, and knows the names of its files', async () => {
		const { data } = await host.execute('steps-combined');

		assertSucceeded(data);
		const runs = data.resultData.runData.Uploaded.flatMap((each) => each.data?.main[0] ?? []);
		expect(runs.map(({ json }) => json.file)).toEqual(['b.pdf', 'report.pdf']);
		expect(confirmed(service).map(({ filename }) => filename)).toEqual(['b.pdf', 'report.pdf']);
	});

	it('cleans up, and says what it deleted', async () => {
		service.seed({ filename: 'old.pdf', size: 5, createdAt: '2020-01-01T00:00:00.000Z' });
		service.seed({ filename: 'new.pdf', size: 5 });
		const { data } = await host.execute('clean-up-combined');

		assertSucceeded(data);
		const [{ json }] = outputOf(data, 'Summary');
		expect(JSON.stringify(json)).toContain('old.pdf');
		expect(service.documents.map(({ filename }) => filename)).toEqual(['new.pdf']);
	});
});
