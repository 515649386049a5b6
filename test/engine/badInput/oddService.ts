import type { IncomingMessage, ServerResponse } from 'node:http';

import { startFront } from '../front';
import { PLACE } from './apiBodies';
import { readForm, storedAnswer, type Form } from './formServer';
import { md5 } from './outcomes';
import type { Answer, OddCase } from './oddCases';

export const FILE = Buffer.from('the file of every odd case');
export const POLICY = Buffer.from('{"expiration":"2026","conditions":[]}').toString('base64');
const SIGNATURE = 'c2lnbmF0dXJlIG9mIHRoZSBwb2xpY3k=';
export const SECRETS = [POLICY, SIGNATURE];

/** A key for each case, for the node sends no more than so many requests a second with one. */
export const apiKeyOf = (index: number): string => `odd-answer-key-${index}-0123456789`;
export const idOf = (index: number): string => index.toString(16).padStart(16, '0');
const pathOf = (index: number): string => `/storage/${index}`;

export interface OddService {
	baseUrl: string;
	/** What came to the storage. */
	forms: Map<number, Form[]>;
	close(): Promise<void>;
}

/** One Codex and its storage for many cases, each of which gets its one odd answer. */
export async function startOddService(cases: OddCase[]): Promise<OddService> {
	const forms = new Map<number, Form[]>();
	let port = '';

	const filledIn = (index: number, text: string) =>
		text
			.replaceAll(PLACE.port, port)
			.replaceAll(PLACE.path, pathOf(index))
			.replaceAll(PLACE.id, idOf(index))
			.replaceAll(PLACE.md5, md5(FILE))
			.replaceAll(PLACE.apiKey, apiKeyOf(index))
			.replaceAll(PLACE.policy, POLICY);

	const odd = (
		index: number,
		response: ServerResponse,
		{ status, headers, body, isCut }: Answer,
	) => {
		const bytes = Buffer.from(filledIn(index, body));
		response.statusCode = status;
		response.setHeader('retry-after', '0');
		for (const [name, value] of Object.entries(headers)) {
			response.setHeader(name, filledIn(index, value));
		}
		response.setHeader('content-length', bytes.length);
		if (!isCut) response.end(bytes);
		else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
	};

	const answerUpload = async (request: IncomingMessage, response: ServerResponse) => {
		const form = await readForm(request);
		const index = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? -1);
		if (form) forms.set(index, [...(forms.get(index) ?? []), form]);
		const oddCase = cases[index];
		if (oddCase?.stage === 'storage') odd(index, response, oddCase.answer);
		else response.writeHead(form ? 201 : 400).end(form && storedAnswer(form));
	};

	const answerCall = (request: IncomingMessage, response: ServerResponse) => {
		request.resume();
		const key = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString();
		const index = Number(/\d+/.exec(key)?.[0] ?? -1);
		const stage = /\/(init|confirm)_upload$/.exec(request.url ?? '')?.[1];
		const oddCase = cases[index];
		if (oddCase?.stage === stage) odd(index, response, oddCase.answer);
		else if (stage === 'init') json(response, 200, init(index));
		else if (stage === 'confirm') json(response, 200, confirmed(index));
		else json(response, 404, { message: 'Not found', status: 404 });
	};

	const init = (index: number) => ({
		document_id: idOf(index),
		upload_url: `http://127.0.0.1:${port}${pathOf(index)}`,
		additional_fields: { key: 'k/${filename}', policy: POLICY, signature: SIGNATURE },
	});

	const front = await startFront('http://127.0.0.1:9', async (request, response) => {
		if (request.headers['content-type']?.startsWith('multipart/')) {
			await answerUpload(request, response);
		} else answerCall(request, response);
		return true;
	});
	port = new URL(front.baseUrl).port;
	return { ...front, forms };
}

const confirmed = (index: number) => ({
	document: { $ref: `/api/v1/documents/${idOf(index)}` },
	message: 'Upload confirmed.',
	success: true,
});

function json(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '0' });
	response.end(JSON.stringify(body));
}
