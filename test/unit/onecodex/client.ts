import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Reply {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

export interface Call {
	method?: string;
	headers?: OutgoingHttpHeaders;
	/** A stream goes chunked unless the headers give a Content-Length. */
	body?: string | Buffer | Readable;
}

/** One HTTP request with nothing added to it but what node itself adds. */
export async function send(
	url: string,
	{ method = 'GET', headers = {}, body = '' }: Call,
): Promise<Reply> {
	const outgoing = request(url, { method, headers, agent: false });
	const answered = new Promise<Reply>((resolve, reject) => {
		outgoing.once('error', reject);
		outgoing.once('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.once('error', reject);
			response.once('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: Buffer.concat(chunks).toString(),
				}),
			);
		});
	});
	if (body instanceof Readable) {
		const [reply] = await Promise.all([answered, pipeline(body, outgoing)]);
		return reply;
	}
	outgoing.end(body);
	return await answered;
}

export const basic = (user: string, password = ''): string =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The API with one key. */
export const apiClient = (standIn: { baseUrl: string; apiKey: string }) => ({
	get: (path: string) =>
		send(`${standIn.baseUrl}/api/v1${path}`, {
			headers: { Authorization: basic(standIn.apiKey) },
		}),
	post: (path: string, json: unknown) =>
		send(`${standIn.baseUrl}/api/v1${path}`, {
			method: 'POST',
			headers: {
				Authorization: basic(standIn.apiKey),
				'Content-Type': 'application/json',
			},
			body: JSON.stringify(json),
		}),
	call: (method: string, path: string, json?: unknown) =>
		send(`${standIn.baseUrl}/api/v1${path}`, {
			method,
			headers: {
				Authorization: basic(standIn.apiKey),
				...(json !== undefined && { 'Content-Type': 'application/json' }),
			},
			body: json === undefined ? '' : JSON.stringify(json),
		}),
});

export interface Initiated {
	additional_fields: Record<string, string | number>;
	document_id: string;
	upload_url: string;
}

export async function initUpload(
	standIn: { baseUrl: string; apiKey: string },
	filename: string,
	size: number,
): Promise<Initiated> {
	const reply = await apiClient(standIn).post('/documents/init_upload', { filename, size });
	if (reply.status !== 200) throw new Error(`init_upload answered ${reply.status} ${reply.text}`);
	return JSON.parse(reply.text) as Initiated;
}

/** Waits for something that happens on the other side; gives up after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
	for (let attempt = 0; attempt < 500; attempt++) {
		if (condition()) return;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('What was waited for did not happen within five seconds');
}
