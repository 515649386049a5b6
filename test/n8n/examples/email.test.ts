import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { isInit } from '../../onecodex';
import { exampleFile, exampleWorkflow } from '../examples';
import { confirmed, sha256Of } from '../files';
import { startDovecot, type Mailbox } from '../servers/dovecot';
import { until } from '../until';
import { message, type Attachment } from './message';
import { startExample, type RunningExample } from './running';

jest.setTimeout(600_000);

const example = exampleWorkflow('upload-from-email');
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let mailbox: Mailbox;
let running: RunningExample;
let isRefusing = false;

beforeAll(async () => {
	mailbox = await startDovecot();
	running = await startExample(
		example,
		{ imap: mailbox.credential },
		{
			faults: (request) =>
				isRefusing && isInit(request) ? { kind: 'status', status: 403 } : undefined,
		},
	);
});

afterEach(() => running.service.reset());

afterAll(async () => {
	await running?.close();
	await mailbox?.close();
});

const attachment = (filename: string, contentType: string, more?: Partial<Attachment>) => ({
	filename,
	contentType,
	content: randomBytes(30_000),
	...more,
});

const stored = (filename: string, { content }: Attachment) => ({
	filename,
	size: content.length,
	sha256: sha256Of(content),
});

it('can be published', async () => {
	await running.client.activate(example.id);
});

it('every attachment of an e-mail becomes a document; one without any costs nothing', async () => {
	const { service, client } = running;
	const pdf = attachment('report.pdf', 'application/pdf', { content: readFileSync(exampleFile) });
	const table = attachment('Übersicht 1.xlsx', spreadsheet, { nameAs: 'rfc2047' });
	const reads = attachment('Proben März.fastq.gz', 'application/gzip', { nameAs: 'rfc2231' });

	// n8n says that it is active before it listens; what comes until then waits for the next e-mail.
	await until('a run for an e-mail without attachments', async () => {
		await mailbox.deliver(message('Nothing attached'));
		await delay(1_000);
		return (await client.ended(example.id)).length > 0;
	});
	const runs = await client.ended(example.id);
	expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'success'));
	expect(service.requests).toEqual([]);

	await mailbox.deliver(message('Results', [pdf, table, reads]));
	await until('three uploads', () => confirmed(service).length === 3);

	expect(confirmed(service)).toEqual([
		stored('Proben_Marz.fastq.gz', reads),
		stored('report.pdf', pdf),
		stored('Ubersicht_1.xlsx', table),
	]);
	// Init, the file itself and confirm, three times; one that was refused for its rate is repeated.
	expect(service.requests.filter(({ status }) => status !== 429)).toHaveLength(9);
});

it('after a failure, Retry uploads the attachments', async () => {
	const { service, client } = running;
	const pdf = attachment('late.pdf', 'application/pdf');
	const failed = async () =>
		(await client.ended(example.id)).find(({ status }) => status === 'error');

	isRefusing = true;
	await mailbox.deliver(message('Late results', [pdf]));
	await until('a run that fails', async () => (await failed()) !== undefined);
	isRefusing = false;
	expect(confirmed(service)).toEqual([]);

	expect(await client.retry((await failed())?.id ?? '')).toBe('success');
	expect(confirmed(service)).toEqual([stored('late.pdf', pdf)]);
});

it('an empty attachment goes its own way, and holds up no other of the same e-mails', async () => {
	const { service, client } = running;
	const before = (await client.ended(example.id)).length;
	const pdf = attachment('first.pdf', 'application/pdf');
	const nothing = attachment('nothing.pdf', 'application/pdf', { content: Buffer.alloc(0) });
	const reads = attachment('last.fastq', 'text/plain');
	await mailbox.deliver(message('With an empty one', [pdf, nothing]));
	await mailbox.deliver(message('After it', [reads]));

	await until('two uploads', () => confirmed(service).length === 2);
	expect(confirmed(service)).toEqual([stored('first.pdf', pdf), stored('last.fastq', reads)]);
	const runs = async () => (await client.ended(example.id)).slice(0, -before || undefined);
	await until('the run for the empty one', async () => {
		const data = await Promise.all((await runs()).map(async ({ id }) => await client.result(id)));
		return data.some(({ resultData }) => resultData.runData['Empty attachments'] !== undefined);
	});
	for (const { id, status } of await runs()) {
		expect(status).toBe('success');
		const { resultData } = await client.result(id);
		expect(resultData.runData['Try once more']).toBeUndefined();
	}
});
