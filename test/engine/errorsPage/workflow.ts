import { truncateSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IBinaryData, ICredentialType, INodeParameters } from 'n8n-workflow';

import { startOneCodex } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { inlineBinary, storedBinary } from '../engine';
import { byId, failing, file, ID, NOBODY, type Scenario, type Scenarios } from './failing';

const { OneCodexApi } = jest.requireActual<{ OneCodexApi: new () => ICredentialType }>(
	'../../../index.js',
);

const operation =
	(name: string, defaults: INodeParameters = {}) =>
	(parameters: INodeParameters = {}): Scenario =>
	async () =>
		await failing({ operation: name, ...defaults, ...parameters });

const upload = operation('uploadDocument');
const getMany = operation('getAll');
const get = operation('get');
const init = operation('initUpload', { source: 'define', fileName: 'a.bin', size: 5 });
const send = operation('uploadFile', {
	uploadUrl: 'https://s3.example',
	uploadFields: '{"key": "k"}',
	documentId: ID,
	fileName: 'a.bin',
});

const option = (name: string, value: unknown) => upload({ options: { [name]: value } as never });

const uploadOf =
	(binary: Record<string, IBinaryData>, parameters: INodeParameters = {}): Scenario =>
	async () =>
		await failing({ operation: 'uploadDocument', ...parameters }, { binary });

/** Uploads what somebody made in place of a file. */
const madeOf = (data: unknown): Scenario => uploadOf({ data: data as IBinaryData });

/** An expression whose field the item does not have. */
const NOTHING = '={{ $json.missing }}';

const withCredential =
	(changed: Partial<typeof NOBODY>, options: INodeParameters = {}): Scenario =>
	async () => {
		const credentials = { ...NOBODY, ...changed };
		return await failing({ operation: 'uploadDocument', options }, { credentials });
	};

const twoFiles =
	(name: string, parameters: INodeParameters): Scenario =>
	async () => {
		const binary = { a: await file(), b: await file() };
		return await failing({ operation: name, binaryPropertyName: '*', ...parameters }, { binary });
	};

/** Uploads a file that n8n's store lost something of. */
const damaged =
	(damage: (path: string) => void, options: INodeParameters = {}): Scenario =>
	async () => {
		const data = await storedBinary(Buffer.alloc(1_000), 'a.bin');
		const id = data.id!.replace(/^[^:]+:/, '');
		damage(join(process.env.N8N_BINARY_DATA_STORAGE_PATH!, id));
		const credentials = closedAfterTest(await startOneCodex());
		return await failing(
			{ operation: 'uploadDocument', options },
			{ binary: { data }, credentials },
		);
	};

function sayItIsLarge(path: string): void {
	const metadata = JSON.parse(readFileSync(`${path}.metadata`, 'utf8')) as object;
	writeFileSync(`${path}.metadata`, JSON.stringify({ ...metadata, fileSize: 6 * 1024 ** 3 }));
}

/** The credential in another node than ours. */
async function forAnotherHost(): Promise<string> {
	const { authenticate } = new OneCodexApi();
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	const request = authenticate({ ...NOBODY }, { url: 'https://elsewhere.example/' });
	return await request.then(
		() => Promise.reject(new Error('It did not fail')),
		({ message }: Error) => message,
	);
}

const BASE_URL = 'The Base URL of the One Codex credential';
const S3_ENDPOINT = 'The S3 Endpoint of the One Codex credential';

/** What is refused before anything is sent. */
export const workflow: Scenarios = {
	'Input Binary Field: the item has no file in "..."': upload({ binaryPropertyName: 'other' }),
	'Input Binary Field: the item has no file in "..."; a node before this one has to give it':
		uploadOf({}),
	'Input Binary Field is empty': upload({ binaryPropertyName: ' , ' }),
	'Input Binary Field is *, but the item has no file': uploadOf({}, { binaryPropertyName: '*' }),
	'Input Binary Field is ..., not the name of a field': upload({
		binaryPropertyName: '={{ undefined }}',
	}),
	'Input Binary Field: ... is ..., not a file': madeOf('bytes'),
	'Input Binary Field: ... has ... in place of its bytes': madeOf({ data: 'filesystem-v2' }),
	'Input Binary Field: ... has ... in place of its ID': madeOf({ id: 5, mimeType: 'text/plain' }),
	'The file is empty': uploadOf({ data: inlineBinary(Buffer.alloc(0)) }),
	'The file is too large for one form': damaged(sayItIsLarge, { transfer: 'post' }),
	'File Name is for one file, but ... are named': twoFiles('uploadDocument', {
		options: { fileName: 'a.bin' },
	}),
	'File Name is empty': init({ fileName: ' ' }),
	'File Name is ..., not text': option('fileName', '={{ ["a", "b"] }}'),
	'Source must be one of ...': init({ source: '={{ "file" }}' }),
	'Size must be a whole number of bytes from 1 on': init({ size: 0 }),
	'Document ID is not an ID': get({ documentId: byId('={{ "XYZ" }}') }),
	'Document ID is empty': get({ documentId: byId('={{ "" }}') }),
	'Document ID is ..., not an ID': get({ documentId: byId('={{ [1, 2, 3] }}') }),
	'Upload Fields: ...': send({ uploadFields: '{"key"' }),
	'Upload URL is not a URL': send({ uploadUrl: 'bucket' }),
	'Upload URL must start with https://': send({ uploadUrl: 'http://s3.example' }),
	'Upload File takes one file of an item': twoFiles('uploadFile', {
		uploadUrl: 'https://s3.example',
		uploadFields: '{"key": "k"}',
		documentId: ID,
	}),
	'Init Upload takes one file of an item': twoFiles('initUpload', {}),
	[`${BASE_URL} is not a URL`]: withCredential({ baseUrl: 'onecodex' }),
	[`${BASE_URL} must start with https://`]: withCredential({ baseUrl: 'http://onecodex.example' }),
	'The API key is empty. Enter it in the One Codex credential.': withCredential({ apiKey: ' ' }),
	'The One Codex API key is for ... alone and is not sent to ...': forAnotherHost,
	[`${S3_ENDPOINT} is not a URL`]: withCredential({ s3Endpoint: 's3' }, { transfer: 'multipart' }),
	[`${S3_ENDPOINT} must start with https://`]: withCredential(
		{ s3Endpoint: 'http://s3.example' },
		{ transfer: 'multipart' },
	),
	[`${BASE_URL} is the address of ...`]: withCredential({ baseUrl: 'https://docs.onecodex.com' }),
	[`${BASE_URL} has a user name or a password in it`]: withCredential({
		baseUrl: 'https://key@app.onecodex.com',
	}),
	[`${S3_ENDPOINT} is the address of ...`]: withCredential({
		s3Endpoint: 'https://app.onecodex.com',
	}),
	[`${S3_ENDPOINT} has a user name or a password in it`]: withCredential({
		s3Endpoint: 'https://key@s3.example',
	}),
	[`${S3_ENDPOINT} has more than the address of the service`]: withCredential({
		s3Endpoint: 'https://s3.amazonaws.com/bucket',
	}),
	'Transfer must be ...': option('transfer', 'ftp'),
	'Multipart Threshold must be ...': option('multipartThreshold', 0),
	'Part Concurrency must be ...': option('partConcurrency', 0),
	'Max Retries must be ...': option('maxRetries', -1),
	'Max Concurrency must be ...': option('maxConcurrency', 0),
	'Idle Timeout must be ...': option('idleTimeout', 0),
	'Verify Integrity must be ...': option('verifyIntegrity', 'yes'),
	'If It Exists must be ...': option('ifExists', 'overwrite'),
	'The file gave ... bytes': damaged((path) => truncateSync(path, 10)),
	'n8n could not read the file': damaged((path) => rmSync(path)),
	'User ID is not an ID': getMany({ filters: { uploaderId: 'Ada' } }),
	'User ID is ..., not an ID': getMany({ filters: { uploaderId: 'ada@example.com' } }),
	'User ID is empty': operation('share', { documentId: byId(ID) })({ userId: byId('={{ "" }}') }),
	'Created After is not a date': getMany({ filters: { createdAfter: 'soon' } }),
	'Created Before is not a date': getMany({ filters: { createdBefore: 'soon' } }),
	'Created After is ..., not a date': getMany({ filters: { createdAfter: '={{ [1] }}' } }),
	'Created Before is ..., not a date': getMany({ filters: { createdBefore: '={{ [1] }}' } }),
	'Min Size must be ...': getMany({ filters: { minSize: -1 } }),
	'Max Size must be ...': getMany({ filters: { maxSize: '1 MB' } }),
	'Limit must be ...': getMany({ limit: 0 }),
	'Return All must be true or false': getMany({ returnAll: '={{ "no" }}' }),
	'Simplify must be true or false': getMany({ simplify: '={{ "no" }}' }),
	'Sort must be one of ...': getMany({ options: { sort: '={{ "biggest" }}' } }),
	'Created After is ...': getMany({ filters: { createdAfter: NOTHING } }),
	'Created Before is ...': getMany({ filters: { createdBefore: NOTHING } }),
	'File Name Contains is ...': getMany({ filters: { filename: NOTHING } }),
	'File Name Contains is ..., not text': getMany({ filters: { filename: '={{ [1] }}' } }),
	'File Name Contains has nothing in it that the name of a document can have': getMany({
		filters: { filename: '???' },
	}),
	'Min Size is ...': getMany({ filters: { minSize: NOTHING } }),
	'Max Size is ...': getMany({ filters: { maxSize: NOTHING } }),
	'Uploader ID is ...': getMany({ filters: { uploaderId: NOTHING } }),
	'Put Output File in Field is ..., not the name of a field': operation('download', {
		documentId: byId(ID),
	})({ binaryPropertyName: '={{ ["a"] }}' }),
	'Put Output File in Field is empty': operation('download', { documentId: byId(ID) })({
		binaryPropertyName: '={{ "" }}',
	}),
};
