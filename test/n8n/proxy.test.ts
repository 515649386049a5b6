import type { IRun } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { hasSsrfProtection } from './differences';
import { confirmed, sha256, sorted, writeRandomFile, type Stored } from './files';
import { credentialOf, Host } from './host';
import { assertSucceeded } from './run';
import { startSquid, type ProxyServer } from './servers/squid';
import {
	makeCertificate,
	startTlsFront,
	type Certificate,
	type TlsFront,
} from './servers/tlsFront';
import { chain, manualTrigger, oneCodex, readFiles, workflow, writeFile } from './workflow';

jest.setTimeout(600_000);

const kib = 1024;
const mib = 1024 * kib;
const logIn = { user: 'lab@example.org', password: 'p@ss:w/rd%#?' };
const account = [logIn.user, logIn.password].map(encodeURIComponent).join(':');
/** What no proxy of the machine's own may mix in. */
const noProxy = { HTTPS_PROXY: '', HTTP_PROXY: '', ALL_PROXY: '', NO_PROXY: '' };
const bothCases = (settings: Record<string, string>) =>
	Object.fromEntries(
		Object.entries({ ...noProxy, ...settings }).flatMap(([name, value]) => [
			[name, value],
			...(name.endsWith('_PROXY') ? [[name.toLowerCase(), value]] : []),
		]),
	) as Record<string, string>;

let service: OneCodexStandIn;
let certificate: Certificate;
let storage: TlsFront;
let api: TlsFront;
let proxy: ProxyServer;
let host: Host;
let files: Stored[];

beforeAll(async () => {
	service = await startOneCodex();
	certificate = makeCertificate();
	storage = await startTlsFront(service.storageUrl, certificate);
	api = await startTlsFront(service.baseUrl, certificate, (json) =>
		json.replaceAll(service.storageUrl, storage.url),
	);
	proxy = await startSquid({ logIn, denied: ['127.0.0.2'] });
	host = await Host.create();
	const write = async (name: string, size: number) =>
		await writeRandomFile(host.filesFolder, `originals/${name}`, size);
	files = sorted([await write('report.pdf', 300 * kib), await write('reads.fastq', 40 * mib)]);

	const { apiKey } = service;
	const credential = (baseUrl: string) => ({ apiKey, baseUrl, s3Endpoint: storage.url });
	const denied = { id: 'denied', name: 'denied' };
	const plain = { id: 'plain', name: 'plain' };
	const inPlain = { apiKey, baseUrl: service.baseUrl, s3Endpoint: service.storageUrl };
	await host.importCredentials(
		credentialOf(credential(api.url)),
		credentialOf(credential(api.url.replace('localhost', '127.0.0.2')), denied),
		credentialOf(inPlain, plain),
	);

	const read = (name = '*') => [
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/originals/${name}`),
	];
	const options = { multipartThreshold: 16, maxRetries: 0 };
	const upload = (more: object = {}) => ({
		...oneCodex('Upload', 'uploadDocument', { options }),
		...more,
	});
	const documentId = { __rl: true, mode: 'id', value: '={{ $json.document_id }}' };
	await host.importWorkflows(
		workflow(
			'there-and-back',
			chain(
				...read(),
				upload(),
				oneCodex('Download', 'download', { documentId, binaryPropertyName: 'data' }),
				writeFile('Write', `=${host.filesFolder}/{{ $json.filename }}.copy`),
			),
		),
		workflow('upload', chain(...read(), upload())),
		workflow('denied', chain(...read(), upload({ credentials: { oneCodexApi: denied } }))),
		workflow(
			'plain',
			chain(...read('report.pdf'), upload({ credentials: { oneCodexApi: plain } })),
		),
	);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	for (const server of [proxy, api, storage, service]) await server?.close();
});

/** Runs a workflow in an n8n whose environment has these settings. */
async function execute(id: string, settings: Record<string, string>): Promise<IRun['data']> {
	const { data } = await host.with(bothCases(settings)).execute(id);
	return data;
}

const trusted = () => ({ NODE_EXTRA_CA_CERTS: certificate.file });
const throughProxy = (as = account) => ({ HTTPS_PROXY: `http://${as}@${proxy.host}` });

const errorOf = ({ resultData: { error } }: IRun['data']) =>
	`${error?.message}\n${error?.description ?? ''}`;

it('a file goes and comes through a proxy that wants a log-in, by form and in parts', async () => {
	const data = await execute('there-and-back', { ...trusted(), ...throughProxy() });

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(files);
	for (const { filename, sha256: digest } of files) {
		expect(await sha256(`${host.filesFolder}/${filename}.copy`)).toBe(digest);
	}
	expect(service.multipartUploads).toMatchObject([{ state: 'completed', parts: 3 }]);
	const targets = (await proxy.asked()).filter(({ method }) => method === 'CONNECT');
	expect(new Set(targets.map(({ target }) => target))).toEqual(
		new Set([`localhost:${api.port}`, `localhost:${storage.port}`]),
	);
	expect(targets.every(({ status }) => status === 200)).toBe(true);
	expect(JSON.stringify(data)).not.toContain(account);
});

it('plain http to this machine goes through HTTP_PROXY', async () => {
	const data = await execute('plain', { HTTP_PROXY: throughProxy().HTTPS_PROXY });

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(files.filter(({ filename }) => filename === 'report.pdf'));
	const methods = (await proxy.asked()).map(({ method }) => method);
	expect(methods.length).toBeGreaterThanOrEqual(3);
	expect(methods).not.toContain('CONNECT');
});

it('a wrong log-in is told as that, and holds no password', async () => {
	const data = await execute('upload', { ...trusted(), ...throughProxy('lab:wr%40ng-secret') });

	expect(errorOf(data)).toMatch(
		/^The proxy between n8n and localhost:\d+ wants a log-in.*\nSet HTTPS_PROXY and HTTP_PROXY/,
	);
	const said = JSON.stringify(data);
	for (const secret of ['wr%40ng-secret', 'wr@ng-secret']) expect(said).not.toContain(secret);
	expect((await proxy.asked()).map(({ status }) => status)).toEqual([407, 407]);
	expect(service.requests).toEqual([]);
});

it('a host that the proxy refuses is named', async () => {
	const data = await execute('denied', { ...trusted(), ...throughProxy() });

	expect(errorOf(data)).toMatch(/^Something between n8n and 127\.0\.0\.2:\d+ refused the request/);
	expect(errorOf(data)).toMatch(/Ask whoever runs it to allow 127\.0\.0\.2/);
	expect((await proxy.asked()).map(({ status }) => status)).toEqual([403, 403]);
});

it('NO_PROXY goes past the proxy', async () => {
	const data = await execute('upload', {
		...trusted(),
		...throughProxy(),
		NO_PROXY: '.example.org,localhost',
	});

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(files);
	expect(await proxy.asked()).toEqual([]);
});

it('a certificate that n8n does not know is told as that', async () => {
	const data = await execute('upload', throughProxy());

	expect(errorOf(data)).toMatch(/^The server cannot be trusted.*\n.*NODE_EXTRA_CA_CERTS/);
	expect(service.requests).toEqual([]);
	await proxy.asked();
});

it('a proxy that is not there is told as that', async () => {
	const data = await execute('upload', { HTTPS_PROXY: 'http://lab:secret-1@127.0.0.1:9' });

	expect(errorOf(data)).toMatch(/^Nothing answers there \(ECONNREFUSED\).*\n.*proxy/);
	expect(JSON.stringify(data)).not.toContain('secret-1');
});

it("n8n's own protection speaks for itself", async () => {
	const data = await execute('plain', { N8N_SSRF_PROTECTION_ENABLED: 'true' });

	if (!hasSsrfProtection) return assertSucceeded(data);
	expect(errorOf(data)).toMatch(
		/^The request was blocked because it resolves to a restricted IP address.*\n.*127\.0\.0\.1.*ask your n8n administrator to allowlist/,
	);
	expect(service.requests).toEqual([]);
});
