import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import busboy from 'busboy';
import fc from 'fast-check';
import FormData from 'form-data';

import { run, storedBinary } from './engine';

interface Sent {
	headers: IncomingHttpHeaders;
	parts: Array<{ name: string; filename?: string; type?: string; bytes: string }>;
	/** Bytes of the body, as counted. */
	length: number;
}

/** Takes forms, parses them with an independent parser, and answers as S3 does. */
async function startFormServer() {
	const forms: Sent[] = [];
	const server = createServer((request, response) => {
		const sent: Sent = { headers: request.headers, parts: [], length: 0 };
		request.on('data', (chunk: Buffer) => (sent.length += chunk.length));
		const form = busboy({ headers: request.headers, limits: { fieldSize: 1e6 } });
		form.on('field', (name, value, { mimeType }) =>
			sent.parts.push({ name, bytes: Buffer.from(value).toString('hex'), type: mimeType }),
		);
		form.on('file', (name, stream, { filename, mimeType }) => {
			const part = { name, filename, type: mimeType, bytes: '' };
			sent.parts.push(part);
			stream.on('data', (chunk: Buffer) => (part.bytes += chunk.toString('hex')));
		});
		form.on('close', () => {
			forms.push(sent);
			response.writeHead(201);
			response.end('<PostResponse><Key>k</Key><ETag>&quot;e&quot;</ETag></PostResponse>');
		});
		request.pipe(form);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { forms, server, url: `http://127.0.0.1:${port}/` };
}

let storage: Awaited<ReturnType<typeof startFormServer>>;
beforeAll(async () => {
	storage = await startFormServer();
});
afterAll(() => storage.server.close());

type Fields = Record<string, string | number>;

/** What the node sends for these fields and this file. */
async function ours(additional_fields: Fields, bytes: Buffer, filename: string): Promise<Sent> {
	const result = await run({
		credentials: { apiKey: 'k', baseUrl: 'https://onecodex.example' },
		items: [
			{
				json: {
					upload_url: storage.url,
					additional_fields,
					document_id: '0123456789abcdef',
					filename,
				},
				binary: { data: await storedBinary(bytes, filename) },
			},
		],
		steps: [{ operation: 'uploadFile' }],
	});
	if (result.error) throw result.error;
	return storage.forms.pop()!;
}

/** What the reference client, form-data, sends for the same. */
async function reference(fields: Fields, bytes: Buffer, filename: string): Promise<Sent> {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	form.append('file', bytes, { filename, contentType: 'application/octet-stream' });
	await new Promise<void>((resolve, reject) => {
		form.submit(storage.url, (error, response) => {
			if (error) return reject(error);
			response.resume().once('end', resolve);
		});
	});
	return storage.forms.pop()!;
}

const documented: Fields = {
	AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
	acl: 'private',
	key: 'user_0123456789abcdef/file_0123456789abcdef/${filename}',
	policy: 'eyJleHBpcmF0aW9uIjoiMjAyNiJ9',
	signature: 'ELADfQLgxXXXXXXXXx/5D99Q9AY=',
	success_action_status: 201,
	'x-amz-server-side-encryption': 'AES256',
};

it.each([1, 1_024, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 1024 * 1024, 3 * 1024 * 1024 + 7])(
	'a form with a file of %d bytes is that of form-data, part by part, byte by byte',
	async (size) => {
		const bytes = randomBytes(size);
		const sent = await ours(documented, bytes, 'report.pdf');
		expect(sent.parts).toEqual((await reference(documented, bytes, 'report.pdf')).parts);
		expect(sent.parts.map(({ name }) => name)).toEqual([...Object.keys(documented), 'file']);
		expect(sent.headers['content-length']).toBe(String(sent.length));
		expect(sent.headers['transfer-encoding']).toBeUndefined();
	},
);

it('any fields that the node takes arrive as form-data sends them', async () => {
	const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/).filter((one) => one !== 'file');
	const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !/[\r\n]/.test(one));
	const value = fc.oneof(text, fc.maxSafeInteger());
	const fields = fc.dictionary(name, value, { minKeys: 1, maxKeys: 8, noNullPrototype: true });
	await fc.assert(
		fc.asyncProperty(
			fields,
			fc.uint8Array({ minLength: 1, maxLength: 300 }),
			async (map, bytes) => {
				const file = Buffer.from(bytes);
				const sent = await ours(map, file, 'a.bin');
				expect(sent.parts).toEqual((await reference(map, file, 'a.bin')).parts);
			},
		),
		{ numRuns: 40 },
	);
});
