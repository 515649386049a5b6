import { readFileSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

import { requestError } from '../../../nodes/OneCodex/errors/requestError';
import { NETWORK_CODE, NOT_TRUSTED } from '../../../nodes/OneCodex/errors/messages';
import { isInit, isUpload } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { faulty, NOBODY, uploading, type Scenario, type Scenarios } from './failing';

const to = async (baseUrl: string) => await uploading({ ...NOBODY, baseUrl });

async function listening(server: Server, protocol: string): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closedAfterTest({ close: async () => void server.close() });
	return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Something that answers each connection with these words, and closes it. */
const saying =
	(words: string, protocol = 'http'): Scenario =>
	async () =>
		await to(
			await listening(
				createServer((socket) => {
					socket.on('error', () => undefined).once('data', () => socket.end(words));
				}),
				protocol,
			),
		);

async function withCertificate(pem: Buffer): Promise<string> {
	const server = createHttpsServer({ key: pem, cert: pem }, (_, response) => response.end());
	return await to(await listening(server, 'https'));
}

const pemOf = (name: string) => readFileSync(join(__dirname, name));

async function expired(): Promise<string> {
	const trusted = getCACertificates('default');
	const pem = pemOf('expired.pem');
	const certificate = pem.subarray(pem.indexOf('-----BEGIN CERTIFICATE')).toString();
	setDefaultCACertificates([...trusted, certificate]);
	try {
		return await withCertificate(pem);
	} finally {
		setDefaultCACertificates(trusted);
	}
}

const reset: Scenario = async () =>
	await uploading(
		await faulty((request) => (isInit(request) ? { kind: 'reset', when: 'before' } : undefined)),
	);

/** A second is long enough where no byte is to move. */
const IMPATIENT = { idleTimeout: 1 };

const stalledInit: Scenario = async () =>
	await uploading(
		await faulty((request) => (isInit(request) ? { kind: 'stall' } : undefined)),
		IMPATIENT,
	);

const stalledUpload: Scenario = async () =>
	await uploading(
		await faulty((request) => (isUpload(request) ? { kind: 'stall' } : undefined)),
		IMPATIENT,
	);

/** No server can bring these about on every machine: the code comes as Node.js gives it. */
const given = (code: string): Scenarios => ({
	[`${NETWORK_CODE[code][0]} (${code})`]: async () =>
		await Promise.resolve(requestError(Object.assign(new Error(code), { code })).message),
});

/** What the network says. */
export const network: Scenarios = {
	'Nothing answers there (ECONNREFUSED)': async () => await uploading(NOBODY),
	'The connection was closed early (ECONNRESET)': reset,
	'What answers there does not speak https (EPROTO)': saying('HTTP/1.1 400 Bad\r\n\r\n', 'https'),
	'The certificate of the server has expired (CERT_HAS_EXPIRED)': expired,
	[NOT_TRUSTED[0]]: async () => await withCertificate(pemOf('../untrusted.pem')),
	'No answer in time (ECONNABORTED)': stalledInit,
	'No byte moved for ... s': stalledUpload,
	'The answer was compressed in a wrong way (...)': saying(
		'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nThis is no gzip.',
	),
	'The request failed (...)': saying('This is no HTTP.\r\n\r\n'),
	...given('EAI_AGAIN'),
	...given('EHOSTUNREACH'),
	...given('ENETUNREACH'),
	...given('ENOTFOUND'),
	...given('EPIPE'),
	...given('ERR_BAD_RESPONSE'),
	...given('ERR_CANCELED'),
	...given('ERR_STREAM_PREMATURE_CLOSE'),
	...given('ETIMEDOUT'),
	...given('Z_BUF_ERROR'),
};
