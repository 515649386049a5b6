import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';

import { DOWNLOAD_CODE, STORAGE_CODE } from '../../../nodes/OneCodex/errors/messages';
import { isUpload, startOneCodex, type Fault } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { storedBinary } from '../engine';
import { startFront, type Interception } from '../front';
import {
	answering,
	AT_ONCE,
	byId,
	failing,
	faulty,
	ID,
	serving,
	uploading,
	type Scenario,
	type Scenarios,
} from './failing';

/** Reads a request to its end and answers. */
const says =
	(status: number, body: string): Interception =>
	(request, response) => {
		request.resume().once('end', () => response.writeHead(status).end(body));
		return true;
	};

const saysCode = (code: string, why = 'It says why') =>
	says(400, `<Error><Code>${code}</Code><Message>${why}</Message></Error>`);

/** Sends a form to it. */
export const sendTo =
	(storage: Interception): Scenario =>
	async () =>
		await failing({
			operation: 'uploadFile',
			uploadUrl: await serving(storage),
			uploadFields: '{"key": "k"}',
			documentId: ID,
			fileName: 'a.bin',
			options: AT_ONCE,
		});

const uploadFails =
	(fault: Fault): Scenario =>
	async () =>
		await uploading(await faulty((request) => (isUpload(request) ? fault : undefined)));

const downloadFrom =
	(storage: Interception, size = 5): Scenario =>
	async () => {
		const link = { download_uri: await serving(storage), expires_in_hours: 24 };
		const { oneCodex, credentials } = await answering('/download_uri', link);
		const { id } = oneCodex.seed({ filename: 'a.bin', size });
		return await failing({ operation: 'download', documentId: byId(id) }, { credentials });
	};

const coded = gzipSync('reads');
const keptCompressed = downloadFrom((_, response) => {
	response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': coded.length });
	response.end(coded);
	return true;
}, coded.length);

/** Answers each request for the file with the next of these heads, and its five bytes. */
const gives = (...heads: Array<[status: number, headers: Record<string, string>]>): Scenario => {
	const left = [...heads];
	return downloadFrom((_, response) => {
		const [status, headers] = left.length > 1 ? left.shift()! : left[0];
		response.writeHead(status, headers);
		// One that has more to come is cut off.
		response.write('bytes', () => setTimeout(() => response.destroy(), 50));
		return true;
	});
};

/** More than one part, so that it does not go as a whole. */
const LARGE = 17 * 1024 * 1024;

/** Uploads in parts to a storage that answers some requests in another way than S3 does. */
const inParts =
	(isMeant: (request: IncomingMessage) => boolean, otherwise: Interception): Scenario =>
	async () => {
		const { storageUrl, ...account } = closedAfterTest(await startOneCodex());
		const front = await startFront(storageUrl, (request, response) =>
			isMeant(request) ? otherwise(request, response) : false,
		);
		const s3Endpoint = closedAfterTest(front).baseUrl;
		return await failing(
			{ operation: 'uploadDocument', options: { ...AT_ONCE, transfer: 'multipart' } },
			{
				credentials: { ...account, s3Endpoint },
				binary: { data: await storedBinary(Buffer.alloc(LARGE), 'a.bin') },
			},
		);
	};

async function anotherSize(): Promise<string> {
	const oneCodex = closedAfterTest(await startOneCodex());
	const document = oneCodex.seed({ filename: 'a.bin', bytes: Buffer.from('bytes') });
	document.size = 4;
	const operation = { operation: 'download', documentId: byId(document.id) };
	return await failing(operation, { credentials: oneCodex });
}

const byCode = (table: typeof STORAGE_CODE, meet: (storage: Interception) => Scenario): Scenarios =>
	Object.fromEntries(
		Object.entries(table).map(([code, [words]]) => [`${words} (${code})`, meet(saysCode(code))]),
	);

/** What the storage says. */
export const storage: Scenarios = {
	...byCode(STORAGE_CODE, sendTo),
	...byCode(DOWNLOAD_CODE, downloadFrom),
	'The permission to upload has expired (AccessDenied)': sendTo(
		saysCode('AccessDenied', 'Invalid according to Policy: Policy expired.'),
	),
	'The storage has other bytes than were sent': uploadFails({ kind: 'wrongEtag' }),
	'The storage answered without saying what it stored': sendTo(says(204, '')),
	'The storage began an upload without giving its ID': inParts(
		({ url }) => /[?]uploads=/.test(url ?? ''),
		says(200, '<InitiateMultipartUploadResult/>'),
	),
	'The storage redirects without end': uploadFails({ kind: 'redirect', location: '/' }),
	'The upload URL is not a URL': uploadFails({ kind: 'redirect', location: 'https://[' }),
	'The upload URL must start with https://': uploadFails({
		kind: 'redirect',
		location: 'http://s3.example/',
	}),
	'The storage answered with status ...': sendTo(says(418, '<Error><Code>Teapot</Code></Error>')),
	'The storage gives ... instead of ... bytes': anotherSize,
	'The file was changed while it was read': gives(
		[200, { ETag: 'W/"one"' }],
		[206, { ETag: 'W/"other"', 'Content-Range': 'bytes 0-4/5' }],
	),
	'The storage gives other bytes than were asked for': gives([
		206,
		{ 'Content-Range': 'bytes 2-6/9' },
	]),
	'The storage gives the file compressed, as ...': gives([200, { 'Content-Encoding': 'x-own' }]),
	'The storage keeps the file with a Content-Encoding': keptCompressed,
};
