import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import busboy from 'busboy';

import { md5 } from './outcomes';

export interface Form {
	fields: Array<[name: string, value: string]>;
	bytes: Buffer;
	/** Everything that came: for what must not be in it. */
	raw: string;
}

export interface FormServer {
	baseUrl: string;
	/** By path, as each case has its own. */
	forms: Map<string, Form>;
	close(): Promise<void>;
}

export const storedAnswer = ({ bytes }: Form): string =>
	`<PostResponse><Key>k</Key><ETag>"${md5(bytes)}"</ETag></PostResponse>`;

const MALFORMED =
	'<Error><Code>MalformedPOSTRequest</Code><Message>Not well-formed</Message></Error>';
const ROOM = { fieldNameSize: 1e6, fieldSize: 1e6, fields: 1e5 };

/** What a parser of others makes of a form; undefined where it is not well-formed. */
export async function readForm(request: IncomingMessage): Promise<Form | undefined> {
	const { headers } = request;
	const form: Form = { fields: [], bytes: Buffer.alloc(0), raw: '' };
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	const parser = busboy({ headers, limits: ROOM, defParamCharset: 'utf8' });
	parser.on('field', (name, value) => form.fields.push([name, value]));
	parser.on('file', (_name, stream) =>
		stream.on('data', (chunk: Buffer) => (form.bytes = Buffer.concat([form.bytes, chunk]))),
	);
	const isWhole = await new Promise<boolean>((resolve) => {
		parser.once('close', () => resolve(true));
		// Not once: it goes on telling of the same form.
		parser.on('error', () => resolve(false));
		request.pipe(parser);
	});
	request.unpipe(parser).resume();
	form.raw = JSON.stringify(headers) + Buffer.concat(chunks).toString('latin1');
	return isWhole ? form : undefined;
}

/** Takes forms and answers as S3 does. */
export async function startFormServer(): Promise<FormServer> {
	const forms = new Map<string, Form>();
	const server = createServer((request, response) => {
		void readForm(request).then((form) => {
			if (form) forms.set(request.url ?? '', form);
			response.writeHead(form ? 201 : 400, { 'Content-Type': 'application/xml' });
			response.end(form ? storedAnswer(form) : MALFORMED);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		forms,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
