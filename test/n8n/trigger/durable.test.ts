import { setTimeout as delay } from 'node:timers/promises';

import { startFront, type Front } from '../../engine/front';
import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { durableCursors } from '../differences';
import { until } from '../until';
import { ago, Instance } from './instance';
import { isList } from './watched';

jest.setTimeout(600_000);

/** What turns durable cursors on and off. */
const settings = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

let service: OneCodexStandIn;
let front: Front;
let n8n: Instance;
/** Milliseconds that the answer of a list takes. */
let slowness = 0;
/** How many lists were asked for. */
let asked = 0;

beforeAll(async () => {
	service = await startOneCodex();
	front = await startFront(service.baseUrl, async ({ url = '' }) => {
		if (isList({ path: url })) {
			asked++;
			await delay(slowness);
		}
		return false;
	});
});

beforeEach(() => {
	slowness = 0;
	service.reset();
});

afterAll(async () => {
	await front?.close();
	await service?.close();
});

const upload = (filename: string, createdAt = ago(0)) =>
	service.seed({ filename, size: 5, createdAt });

describe.each(durableCursors)('durable cursors: %s', (enabled) => {
	beforeAll(async () => {
		const account = { apiKey: service.apiKey, baseUrl: front.baseUrl };
		const all = { ...settings, N8N_POLLER_DURABLE_CURSORS_ENABLED: enabled };
		n8n = await Instance.start(service, all, account);
	});
	afterEach(async () => await n8n.rest());
	afterAll(async () => await n8n?.close());

	/** A workflow that has run for a document before. */
	async function begun(id: string) {
		const watched = await n8n.watch(`${id}-${enabled}`, 'documentUploaded');
		upload('before.pdf');
		await watched.gets('before.pdf');
		return watched;
	}

	it('what comes right after the workflow became active comes, and all comes once', async () => {
		upload('old.pdf', ago(60_000));
		const watched = await n8n.watch(`documents-${enabled}`, 'documentUploaded');
		upload('first.pdf');
		await watched.gets('first.pdf');
		upload('late.pdf', ago(3_600_000));
		await watched.gets('first.pdf', 'late.pdf');
		await n8n.killed(() => upload('meanwhile.pdf'));
		await watched.gets('first.pdf', 'late.pdf', 'meanwhile.pdf');
	});

	it('what comes comes, though a poll overlapped with that of the activation', async () => {
		const before = asked;
		slowness = 8_000;
		const begins = n8n.watch(`slowly-${enabled}`, 'documentUploaded');
		await until('the first poll', () => asked > before);
		// The next one ends before it.
		slowness = 0;
		const watched = await begins;
		upload('new.pdf');
		await watched.gets('new.pdf');
	});

	it('polls that overlap give each entry once', async () => {
		const watched = await begun('overlap');
		slowness = 8_000;
		upload('new.pdf');
		await until('the entry', async () => (await watched.names()).length > 1);
		await watched.polls(4);
		slowness = 0;
		await watched.gets('before.pdf', 'new.pdf');
	});

	it('a workflow that is saved during a poll gets each entry once', async () => {
		const watched = await begun('saved');
		slowness = 3_000;
		upload('new.pdf');
		const before = asked;
		await until('a poll', () => asked > before);
		// The poll of what was saved ends after that one.
		slowness = 8_000;
		await watched.change({ simplify: false });
		slowness = 0;
		await watched.polls(2);
		await watched.gets('before.pdf', 'new.pdf');
	});
});
