import { createHash, createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { apiClient, basic, type Reply, send } from './client';

/** What init_multipart_upload answers. */
export interface Lent {
	callback_url: string;
	file_id: string;
	/** Of a document alone. */
	import_as_document?: boolean;
	/** Of a sample alone, as the next one. */
	paired_end_file_id?: string | null;
	sample_id?: string;
	s3_bucket: string;
	upload_aws_access_key_id: string;
	upload_aws_secret_access_key: string;
}

/** A request to S3, and how its signature is to differ from a right one. */
export interface S3Call {
	method: string;
	/** After the key, with its question mark, as it goes over the wire. */
	query?: string;
	/** By lower-case name. */
	headers?: Record<string, string>;
	body?: string | Buffer | Readable;
	/** Default: the body's SHA-256, or UNSIGNED-PAYLOAD for a stream. Empty: without the header. */
	payloadHash?: string;
	key?: string;
	bucket?: string;
	accessKeyId?: string;
	secretAccessKey?: string;
	region?: string;
	service?: string;
	terminal?: string;
	/** YYYYMMDD, of the credential's scope. */
	date?: string;
	/** Milliseconds. */
	clockSkew?: number;
	/** Headers that are sent, but not signed. */
	unsigned?: string[];
	/** The headers are signed in the opposite of their order. */
	isUnsorted?: boolean;
	/** Changes the request after it was signed. */
	tamper?: (headers: Record<string, string>) => Record<string, string>;
}

/** What the policy of the bucket wants of everything that makes an object. */
export const ENCRYPTED = { 'x-amz-server-side-encryption': 'AES256' };

const hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer =>
	createHmac('sha256', key).update(data).digest();

/** Sorted as S3 sorts it; names and values of the tests need no encoding but what they have. */
const canonicalQuery = (query: string): string =>
	query
		.slice(1)
		.split('&')
		.filter((each) => each !== '')
		.map((each) => (each.includes('=') ? each : `${each}=`))
		.sort()
		.join('&');

function signedHeaders(host: string, lent: Lent, path: string, call: S3Call) {
	const { method, query = '', body = '', region = 'eu-central-1', service = 's3' } = call;
	const { terminal = 'aws4_request', unsigned = [] } = call;
	const stamp = new Date(Date.now() + (call.clockSkew ?? 0)).toISOString();
	const timestamp = stamp.replace(/[-:]|\.\d+/g, '');
	const digest = body instanceof Readable ? 'UNSIGNED-PAYLOAD' : hex(body);
	const payloadHash = call.payloadHash ?? digest;
	const headers: Record<string, string> = {
		host,
		...call.headers,
		'x-amz-date': timestamp,
		...(payloadHash && { 'x-amz-content-sha256': payloadHash }),
	};
	const names = Object.keys(headers)
		.filter((name) => name !== 'content-length' && !unsigned.includes(name))
		.sort();
	if (call.isUnsorted) names.reverse();
	const canonical = [
		method,
		path,
		canonicalQuery(query),
		...names.map((name) => `${name}:${headers[name].trim()}`),
		'',
		names.join(';'),
		payloadHash,
	].join('\n');
	const scope = [call.date ?? timestamp.slice(0, 8), region, service, terminal];
	const toSign = ['AWS4-HMAC-SHA256', timestamp, scope.join('/'), hex(canonical)].join('\n');
	const secret = call.secretAccessKey ?? lent.upload_aws_secret_access_key;
	const signature = hmac(scope.reduce<string | Buffer>(hmac, `AWS4${secret}`), toSign).toString(
		'hex',
	);
	const credential = [call.accessKeyId ?? lent.upload_aws_access_key_id, ...scope].join('/');
	headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
	return call.tamper?.(headers) ?? headers;
}

interface Service {
	baseUrl: string;
	storageUrl: string;
	apiKey: string;
}

/** The keys and the place for one document, and S3 with them. */
export async function lend(standIn: Service) {
	const reply = await apiClient(standIn).call('POST', '/documents/init_multipart_upload');
	if (reply.status !== 200) throw new Error(`init_multipart_upload answered ${reply.status}`);
	return s3With(standIn, JSON.parse(reply.text) as Lent);
}

/** The keys and the places for a sample's files, and S3 with them. */
export async function lendForSample(standIn: Service, body: object = { filename: 'reads.fastq' }) {
	const { status, text } = await apiClient(standIn).post('/samples/init_multipart_upload', body);
	if (status !== 200) throw new Error(`init_multipart_upload answered ${status} ${text}`);
	const lent = JSON.parse(text) as Lent & { sample_id: string };
	const s3 = s3With(standIn, lent);
	const callback = (json: Record<string, unknown> = {}) =>
		send(standIn.baseUrl + lent.callback_url, {
			method: 'POST',
			headers: { Authorization: basic(standIn.apiKey), 'Content-Type': 'application/json' },
			body: JSON.stringify({
				s3_path: `s3://${lent.s3_bucket}/${lent.file_id}`,
				filename: 'reads.fastq',
				...json,
			}),
		});
	return { ...s3, sampleId: lent.sample_id, callback };
}

function s3With(standIn: Service, lent: Lent) {
	const api = apiClient(standIn);

	function s3(call: S3Call): Promise<Reply> {
		const path = `/${call.bucket ?? lent.s3_bucket}/${call.key ?? lent.file_id}`;
		const { method, query = '', body } = call;
		const { host } = new URL(standIn.storageUrl);
		const headers = {
			...(typeof body === 'string' || Buffer.isBuffer(body)
				? { 'content-length': String(Buffer.byteLength(body)) }
				: {}),
			...signedHeaders(host, lent, path, call),
		};
		return send(standIn.storageUrl + path + query, { method, headers, body });
	}
	const create = async (): Promise<string> => {
		const { text } = await s3({ method: 'POST', query: '?uploads', headers: ENCRYPTED });
		return /<UploadId>(.+)<\/UploadId>/.exec(text)?.[1] ?? '';
	};
	const put = (id: string, number: number | string, body: S3Call['body'], more?: Partial<S3Call>) =>
		s3({ method: 'PUT', query: `?partNumber=${number}&uploadId=${id}`, body, ...more });
	const complete = (id: string, body: string, more?: Partial<S3Call>) =>
		s3({ method: 'POST', query: `?uploadId=${id}`, body, ...more });
	const abort = (id: string) => s3({ method: 'DELETE', query: `?uploadId=${id}` });
	const head = () => s3({ method: 'HEAD' });
	const putObject = (body: S3Call['body'], { headers, ...more }: Partial<S3Call> = {}) =>
		s3({ method: 'PUT', body, headers: { ...ENCRYPTED, ...headers }, ...more });
	const get = (headers: Record<string, string> = {}, more?: Partial<S3Call>) =>
		s3({ method: 'GET', headers, ...more });
	/** @param query what is asked beside the prefix. */
	const list = (prefix = lent.file_id, query = '', more?: Partial<S3Call>) =>
		s3({ method: 'GET', key: '', query: `?list-type=2&prefix=${prefix}${query}`, ...more });
	const callback = (json: Record<string, unknown> = {}) =>
		api.post(lent.callback_url.replace('/api/v1', ''), {
			s3_path: `s3://${lent.s3_bucket}/${lent.file_id}`,
			filename: 'reads.fastq',
			import_as_document: true,
			...json,
		});
	return { lent, s3, create, put, complete, abort, head, putObject, get, list, callback };
}

export type S3 = Awaited<ReturnType<typeof lend>>;

/** The document that CompleteMultipartUpload wants. */
export const partList = (...parts: Array<[number, string]>): string =>
	`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts
		.map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
		.join('')}</CompleteMultipartUpload>`;

export const codeOf = ({ text }: Reply): string | undefined =>
	/<Error><Code>(\w+)<\/Code>/.exec(text)?.[1];
