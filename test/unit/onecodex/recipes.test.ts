import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { httpie, pythonWith } from './python';

const run = promisify(execFile);
jest.setTimeout(60_000);

// In text, as the document's recipe opens the file, with lines that no platform translates.
const REPORT = `%PDF-1.4\n${'One Codex report\n'.repeat(2000)}%%EOF\n`;

let standIn: OneCodexStandIn;
let folder: string;
beforeAll(async () => {
	standIn = await startOneCodex();
	folder = mkdtempSync(join(tmpdir(), 'recipes-'));
	writeFileSync(join(folder, 'report.pdf'), REPORT);
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await standIn.close();
});
afterEach(() => standIn.reset());

/** Runs a program beside report.pdf and gives what it wrote to its standard output. */
async function runInFolder(program: string, args: string[]): Promise<string> {
	const env = { ...process.env, HOME: folder, ONE_CODEX_API_KEY: standIn.apiKey };
	return (await run(program, args, { cwd: folder, env, timeout: 30_000 })).stdout;
}

function expectUploaded(): void {
	expect(standIn.requests.map(({ status }) => status)).toEqual([200, 201, 200]);
	const [document] = standIn.documents;
	expect(document).toMatchObject({ filename: 'report.pdf', state: 'confirmed', confirmations: 1 });
	expect(document.object?.size).toBe(REPORT.length);
	const [, upload] = standIn.requests;
	expect(upload.headers).not.toHaveProperty('authorization');
	expect(upload.filename).toBe('report.pdf');
}

/** Word for word from "Uploading documents", but for the origin. */
const PYTHON_RECIPE = `
import os
import requests

# Start the upload
resp = requests.post('https://app.onecodex.com/api/v1/documents/init_upload', 
                     json={'filename': 'report.pdf', 
                           'size': os.path.getsize('report.pdf')},
                     auth=(os.getenv('ONE_CODEX_API_KEY'), '')
                    ).json()

# Perform the upload (should return a 201)
requests.post(resp['upload_url'], data=resp['additional_fields'], 
             files={'file': open('report.pdf')})

# Finally, confirm the upload (should return a 200)
requests.post('https://app.onecodex.com/api/v1/documents/confirm_upload', 
              json={'document_id': resp['document_id']},
              auth=(os.getenv('ONE_CODEX_API_KEY'), ''))
`;

test("the document's recipe for Python requests works against the stand-in", async () => {
	const python = await pythonWith('requests');
	const recipe = PYTHON_RECIPE.replaceAll('https://app.onecodex.com', standIn.baseUrl);
	await runInFolder(python, ['-c', recipe]);
	expectUploaded();
});

test("the document's recipe for httpie works against the stand-in", async () => {
	const http = await httpie();
	const documents = `${standIn.baseUrl}/api/v1/documents`;
	const auth = ['--ignore-stdin', '--auth', `${standIn.apiKey}:`, 'POST'];
	const initiated = JSON.parse(
		await runInFolder(http, [
			...auth,
			`${documents}/init_upload`,
			'filename=report.pdf',
			`size:=${REPORT.length}`,
		]),
	) as {
		additional_fields: Record<string, string | number>;
		document_id: string;
		upload_url: string;
	};
	const fields = initiated.additional_fields;

	// The document writes success_action_status:=201. httpie (3.2) leaves out of a multipart form what
	// is written with :=, and the policy wants that field: as written, the upload is refused.
	await runInFolder(http, [
		'--ignore-stdin',
		'-f',
		'POST',
		initiated.upload_url,
		`AWSAccessKeyId=${fields.AWSAccessKeyId}`,
		'acl=private',
		`key=${fields.key}`,
		`policy=${fields.policy}`,
		`signature=${fields.signature}`,
		`success_action_status=${fields.success_action_status}`,
		'x-amz-server-side-encryption=AES256',
		'file@report.pdf',
	]);

	// The document writes sample_id here; the API's description, and the Python recipe, document_id.
	await runInFolder(http, [
		...auth,
		`${documents}/confirm_upload`,
		`document_id=${initiated.document_id}`,
	]);
	expectUploaded();
});
