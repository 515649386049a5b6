import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startOneCodex } from '../onecodex';
import { s3rverKeys, startS3rver } from '../s3Server';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { answer, startFront } from './front';

const MIB = 1024 * 1024;
const BUCKET = 'uploads';
const FILE_ID = 'file_0123456789abcdef';

const KEYS = {
	upload_aws_access_key_id: s3rverKeys.accessKeyId,
	upload_aws_secret_access_key: s3rverKeys.secretAccessKey,
};

/** One Codex, except that it lends keys for the other S3 and takes what is there. */
async function startLending(keys = KEYS) {
	const oneCodex = closedAfterTest(await startOneCodex());
	const imported: unknown[] = [];
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, async (request, response) => {
			if (request.url?.endsWith('/init_multipart_upload')) {
				return answer(response, 200, {
					...keys,
					callback_url: '/api/v1/import',
					file_id: FILE_ID,
					import_as_document: true,
					s3_bucket: BUCKET,
				});
			}
			if (request.url !== '/api/v1/import') return false;
			let body = '';
			for await (const chunk of request) body += String(chunk);
			imported.push(JSON.parse(body));
			return answer(response, 200, { document_id: '28459508592a481c' });
		}),
	);
	return { imported, apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
}

async function upload(keys = KEYS) {
	const s3 = closedAfterTest(await startS3rver(BUCKET));
	const { imported, ...account } = await startLending(keys);
	const bytes = randomBytes(37 * MIB);
	const data = await storedBinary(bytes, 'reads.fastq');
	const result = await run({
		credentials: { ...account, s3Endpoint: s3.url },
		items: [{ json: {}, binary: { data } }],
		steps: [{ operation: 'uploadDocument', options: { transfer: 'multipart', maxRetries: 0 } }],
	});
	return { s3, imported, bytes, result };
}

it('an S3 server that is not ours takes the parts, and has the file', async () => {
	const { s3, imported, bytes, result } = await upload();
	expect(result.error).toBeUndefined();
	expect(imported).toEqual([
		{
			s3_path: `s3://${BUCKET}/${FILE_ID}`,
			filename: 'reads.fastq',
			import_as_document: true,
		},
	]);
	const name = readdirSync(join(s3.directory, BUCKET)).find((file) => file.endsWith('_object'))!;
	const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
	expect(sha256(readFileSync(join(s3.directory, BUCKET, name)))).toBe(sha256(bytes));
	// Where Amazon gives the digest of the parts' digests, this server gives that of the whole.
	expect(result.outputs()[0][0].json.etag).toBe(createHash('md5').update(bytes).digest('hex'));
});

it('it refuses a signature made with another key, and the error says so', async () => {
	const { imported, result } = await upload({ ...KEYS, upload_aws_secret_access_key: 'another' });
	expect(result.error).toMatchObject({
		httpCode: '403',
		message: expect.stringContaining('SignatureDoesNotMatch'),
	});
	expect(imported).toEqual([]);
});
