import type { OutgoingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { startOneCodex, type Fault, type OneCodexStandIn } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { startFront } from '../front';
import { until } from '../until';
import { ago, DAY, HOUR, Poller } from './polling';

let oneCodex: OneCodexStandIn;
let poller: Poller;
let fault: Fault | undefined;

beforeAll(async () => {
	oneCodex = await startOneCodex({ faults: () => fault });
});
beforeEach(async () => {
	fault = undefined;
	oneCodex.reset();
	oneCodex.seed({ filename: 'old.pdf', size: 5, createdAt: ago(HOUR) });
	poller = new Poller(oneCodex, { event: 'documentUploaded' });
	await poller.activate();
});
afterAll(async () => await oneCodex.close());

const upload = (filename: string) => oneCodex.seed({ filename, size: 5 });
const cursorOf = ({ staticData }: Poller) =>
	(staticData['node:One Codex Trigger'] as IDataObject).cursor;
const names = async () => (await poller.poll())?.map(({ filename }) => filename);

describe('a poll that fails', () => {
	it.each<[string, Fault, RegExp]>([
		['the service has a problem', { kind: 'status', status: 500 }, /^One Codex has a problem/],
		['the service is away', { kind: 'status', status: 503 }, /^One Codex is not available/],
		[
			'others use the key, too',
			{ kind: 'status', status: 429, retryAfter: '1' },
			/^One Codex is getting too many requests with this API key/,
		],
		['nothing comes back', { kind: 'reset', when: 'after' }, /closed early/],
		['the answer is cut short', { kind: 'truncated' }, /broke off|not JSON|closed early/],
	])('because %s says so, and the next one catches up', async (_why, kind, message) => {
		upload('missed.pdf');
		fault = kind;
		const kept = structuredClone(poller.staticData);
		for (let polls = 0; polls < 3; polls++) await expect(names()).rejects.toThrow(message);
		expect(poller.staticData).toEqual(kept);
		fault = undefined;
		upload('new.pdf');
		expect(await names()).toEqual(['missed.pdf', 'new.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('because the key is wrong says so, with entries that are known and without', async () => {
		const { credentials } = poller;
		poller.credentials = { ...credentials, apiKey: 'f'.repeat(32) };
		await expect(names()).rejects.toThrow(/^One Codex does not know this API key/);
		await expect(names()).rejects.toMatchObject({ httpCode: '401' });
		upload('missed.pdf');
		poller.credentials = credentials;
		expect(await names()).toEqual(['missed.pdf']);
		const other = new Poller(oneCodex, { event: 'sampleFailed' });
		other.credentials = { ...credentials, apiKey: 'f'.repeat(32) };
		await expect(other.activate()).rejects.toThrow(/^One Codex does not know this API key/);
	});

	it.each(['init', 'leadershipChange'] as const)(
		'is no reason to give up for an n8n that starts (%s): the next one tells',
		async (activation) => {
			poller.activation = activation;
			upload('missed.pdf');
			fault = { kind: 'status', status: 503 };
			for (let starts = 0; starts < 2; starts++) {
				poller.restart();
				expect(await names()).toBeUndefined();
				await expect(names()).rejects.toThrow(/^One Codex is not available/);
			}
			fault = undefined;
			expect(await names()).toEqual(['missed.pdf']);
		},
	);

	it.each(['activate', 'create', 'update'] as const)(
		'is told to who activates a workflow (%s)',
		async (activation) => {
			poller.activation = activation;
			poller.restart();
			fault = { kind: 'status', status: 503 };
			await expect(names()).rejects.toThrow(/^One Codex is not available/);
		},
	);

	it('in the middle of the pages keeps the cursor, too', async () => {
		for (let index = 0; index < 250; index++) upload(`${index}.pdf`);
		let page = 0;
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, ({ url }, response) => {
				if (!url?.includes('page=2')) return false;
				if (++page > 3) return false;
				response.writeHead(502, { 'Retry-After': '0' }).end();
				return true;
			}),
		);
		const { credentials } = poller;
		poller.credentials = { ...credentials, baseUrl: front.baseUrl };
		await expect(names()).rejects.toThrow(/could not pass the request on/);
		expect(new Set(await names()).size).toBe(250);
	});

	it('because it does not end in time says so, and ends then', async () => {
		fault = { kind: 'stall' };
		upload('missed.pdf');
		poller.budget = 300;
		await expect(names()).rejects.toThrow('The poll did not end in the time that n8n gives it');
		fault = undefined;
		poller.budget = undefined;
		expect(await names()).toEqual(['missed.pdf']);
	});

	it('because it is to wait long says so at once', async () => {
		fault = { kind: 'status', status: 503, retryAfter: '60' };
		const requests = await poller.requestsDuring(async () => {
			await expect(names()).rejects.toThrow(/^One Codex is not available/);
		});
		expect(requests).toHaveLength(1);
	});

	it('names no item, and holds no key', async () => {
		fault = { kind: 'status', status: 402 };
		const error = (await names().catch((cause: unknown) => cause)) as Error;
		expect(error.message).not.toMatch(/item/);
		expect(JSON.stringify(error)).not.toContain(oneCodex.apiKey);
	});
});

describe('polls that overlap', () => {
	/** Holds the answers of lists back until each is let go, or all are, and those to come. */
	async function held() {
		const answers: Array<() => void> = [];
		let isOpen = false;
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, async () => {
				if (!isOpen) await new Promise<void>((resolve) => answers.push(resolve));
				return false;
			}),
		);
		poller.credentials = { ...poller.credentials, baseUrl: front.baseUrl };
		const go = () => {
			isOpen = true;
			for (const letGo of answers) letGo();
		};
		return { answers, go, waiting: () => answers.length };
	}

	it('give each entry once', async () => {
		const { go, waiting } = await held();
		upload('new.pdf');
		const both = [names(), names()];
		await until(() => waiting() === 2);
		go();
		expect((await Promise.all(both)).flat().filter(Boolean)).toEqual(['new.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('give each entry once with a copy of the cursor each', async () => {
		const { go, waiting } = await held();
		upload('new.pdf');
		const both = [poller.pollCopy(), poller.pollCopy()];
		await until(() => waiting() === 2);
		go();
		const done = await Promise.all(both);
		expect(done.flatMap(({ json }) => json ?? [])).toHaveLength(1);
		for (const { json, commit } of done) if (json) commit();
		poller.restart();
		expect(await names()).toBeUndefined();
	});

	it('give each entry once where n8n keeps the cursor only when the next one has begun', async () => {
		upload('new.pdf');
		const { json, commit } = await poller.pollCopy();
		expect(json).toHaveLength(1);
		expect((await poller.pollCopy()).json).toBeUndefined();
		commit();
		upload('newer.pdf');
		const next = await poller.pollCopy();
		expect(next.json).toMatchObject([{ filename: 'newer.pdf' }]);
		next.commit();
		expect((await poller.pollCopy()).json).toBeUndefined();
	});

	it('do not forget what the other gave', async () => {
		let go = () => {};
		const opened = new Promise<void>((resolve) => (go = resolve));
		let answers = 0;
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, async ({ url, headers }, response) => {
				const answered = await fetch(oneCodex.baseUrl + String(url), {
					headers: { authorization: String(headers.authorization) },
				});
				const body = await answered.text();
				// The first one has its answer, but gets it last.
				if (++answers === 1) await opened;
				response.writeHead(answered.status, { 'Content-Type': 'application/json' }).end(body);
				return true;
			}),
		);
		poller.credentials = { ...poller.credentials, baseUrl: front.baseUrl };
		const slow = names();
		await until(() => answers === 1);
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
		go();
		expect(await slow).toBeUndefined();
		expect(await names()).toBeUndefined();
	});

	it('give each entry once where the workflow is saved meanwhile', async () => {
		const { answers } = await held();
		poller.isBeforeDurableCursors = true;
		poller.restart();
		upload('new.pdf');
		const before = names();
		await until(() => answers.length === 1);
		poller.restart();
		const after = names();
		await until(() => answers.length === 2);
		answers[0]();
		// Its cursor is not the one that the next polls have.
		expect(await before).toBeUndefined();
		answers[1]();
		expect(await after).toEqual(['new.pdf']);
	});

	it('give what was found before the workflow was saved with other filters', async () => {
		const { go, waiting } = await held();
		poller.isBeforeDurableCursors = true;
		poller.restart();
		upload('new.pdf');
		const before = names();
		await until(() => waiting() === 1);
		poller.restart();
		poller.parameters = { event: 'documentUploaded', filters: { filename: 'report' } };
		const after = names();
		await until(() => waiting() === 2);
		go();
		expect(await Promise.all([before, after])).toEqual([['new.pdf'], undefined]);
	});

	it('leave the one that n8n saves with a cursor, though another was first with a copy', async () => {
		const direct = poller.credentials;
		const { go, waiting } = await held();
		poller.staticData = {};
		const activation = poller.activate();
		await until(() => waiting() === 1);
		poller.credentials = direct;
		expect((await poller.pollCopy()).json).toBeUndefined();
		go();
		expect(await activation).toBeUndefined();
		poller.restart();
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
	});

	it('lose nothing when they begin both', async () => {
		const { go, waiting } = await held();
		poller.staticData = {};
		poller.restart();
		const both = [names(), names()];
		await until(() => waiting() === 2);
		go();
		await Promise.all(both);
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
	});
});

it('a poll that was abandoned leaves its entries to the next', async () => {
	upload('new.pdf');
	const { json } = await poller.pollCopy();
	expect(json).toHaveLength(1);
	// n8n may be about to keep the cursor.
	expect((await poller.pollCopy()).json).toBeUndefined();
	await delay(5_100);
	const again = await poller.pollCopy();
	expect(again.json).toEqual(json);
	again.commit();
	expect((await poller.pollCopy()).json).toBeUndefined();
});

it('what n8n did not save before it was killed comes again, and nothing else', async () => {
	upload('a.pdf');
	expect(await names()).toEqual(['a.pdf']);
	expect(await names()).toBeUndefined();
	upload('b.pdf');
	poller.restart();
	expect(await names()).toEqual(['b.pdf']);
	poller.restart();
	expect(await names()).toBeUndefined();
});

describe('two triggers of a workflow, of which one was published anew', () => {
	const fail = (filename: string) =>
		oneCodex.seedSample({ filename, status: 'failed_validation', errorMsg: 'No.' });

	it.each(['documents', 'samples'])(
		'give each entry once when n8n starts anew, %s saved last',
		async (last) => {
			const samples = poller.beside({ event: 'sampleFailed' });
			await samples.activate();
			poller.restart();
			await poller.poll();
			// From now on each has a copy of what both know.
			samples.parameters = { event: 'sampleFailed', filters: { filename: 's' } };
			await samples.activate();
			await delay(1_000);
			upload('a.pdf');
			fail('s.fastq');
			const both = last === 'samples' ? [poller, samples] : [samples, poller];
			for (const each of both) {
				expect(await each.poll()).toHaveLength(1);
				// What it gave is known to the other once it has begun again.
				expect(await each.poll()).toBeUndefined();
			}
			upload('b.pdf');
			fail('s2.fastq');
			for (const each of both) each.restart();
			// Until then a cursor from before may be one that n8n is about to keep.
			await delay(5_100);
			expect(await names()).toEqual(['b.pdf']);
			expect(await samples.poll()).toMatchObject([{ filename: 's2.fastq' }]);
		},
	);

	it('pass nothing on that n8n has left out', async () => {
		const samples = poller.beside({ event: 'sampleFailed' });
		await samples.activate();
		await poller.activate();
		await delay(1_000);
		upload('left-out.pdf');
		// As where the workflow is published anew during the poll: n8n does not save what it has written.
		expect((await poller.pollCopy()).json).toHaveLength(1);
		fail('s.fastq');
		expect(await samples.poll()).toHaveLength(1);
		poller.restart();
		await delay(5_100);
		expect(await names()).toEqual(['left-out.pdf']);
	});

	it('begin now with a filter that was there before', async () => {
		const { parameters } = poller;
		const before = cursorOf(poller);
		await delay(1_000);
		poller.parameters = { ...parameters, filters: { filename: 'csv' } };
		await poller.activate();
		poller.staticData.global = { oneCodexTriggers: { 'One Codex Trigger': before } };
		poller.parameters = parameters;
		upload('between.pdf');
		expect(await poller.activate()).toBeUndefined();
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
	});
});

it('what triggers knew that are no longer in the workflow is forgotten', async () => {
	const { at } = cursorOf(poller) as { at: number };
	const oneCodexTriggers = {
		removed: { of: '[]', from: 0, at: at - 31 * DAY, seen: {}, waiting: [] },
		quiet: { of: '[]', from: 0, at: at - 29 * DAY, seen: {}, waiting: [] },
	};
	poller.staticData.global = { oneCodexTriggers };
	poller.restart();
	upload('new.pdf');
	expect(await names()).toEqual(['new.pdf']);
	expect(poller.staticData.global).toEqual({
		oneCodexTriggers: { quiet: oneCodexTriggers.quiet },
	});
});

describe('a service that does not tell its time', () => {
	it.each([undefined, 'now'])('(Date: %s) is asked about a day all the same', async (date) => {
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (_incoming, response) => {
				const writeHead = response.writeHead.bind(response);
				response.sendDate = false;
				Object.assign(response, {
					writeHead(status: number, headers: OutgoingHttpHeaders) {
						delete headers.date;
						return writeHead(status, { ...headers, ...(date && { date }) });
					},
				});
				return false;
			}),
		);
		oneCodex.reset();
		poller = new Poller(oneCodex, { event: 'documentUploaded' });
		poller.credentials = { ...poller.credentials, baseUrl: front.baseUrl };
		await poller.activate();
		oneCodex.seed({ filename: 'old.pdf', size: 5, createdAt: ago(20 * DAY) });
		expect(await names()).toEqual(['old.pdf']);
		for (let index = 0; index < 150; index++) upload(`${index}.pdf`);
		expect(await names()).toHaveLength(150);
		// The window moves on, and the list is read anew.
		for (let polls = 0; polls < 2; polls++) expect(await names()).toBeUndefined();
		const requests = await poller.requestsDuring(async () => await poller.poll());
		expect(requests).toEqual(['/api/v1/documents']);
		const { path } = oneCodex.requests.at(-1)!;
		expect(decodeURIComponent(path)).toContain(ago(DAY).slice(0, 10));
	});
});

it('a cursor that cannot be read is begun anew', async () => {
	for (const cursor of [null, 'x', { of: '[]' }, { from: 'now' }]) {
		poller.staticData = { 'node:One Codex Trigger': { cursor } };
		upload('old.pdf');
		expect(await poller.activate()).toBeUndefined();
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
	}
});

it('polls keep to the pace of everything else with the key', async () => {
	const pollers = Array.from(
		{ length: 25 },
		() => new Poller(oneCodex, { event: 'documentUploaded' }),
	);
	await Promise.all(pollers.map(async (each) => await each.activate()));
	// A busy machine sends some closer together than they left the node; at once, most would be refused.
	const refused = oneCodex.requests.filter(({ status }) => status === 429);
	expect(refused.length).toBeLessThan(5);
});

describe('a test event', () => {
	it('is the newest that fits, and moves no cursor', async () => {
		upload('a.pdf');
		await delay(2);
		upload('b.txt');
		const kept = structuredClone(poller.staticData);
		expect(await poller.test()).toMatchObject([{ filename: 'b.txt' }]);
		poller.parameters = { event: 'documentUploaded', filters: { filename: '.pdf' } };
		expect(await poller.test()).toMatchObject([{ filename: 'a.pdf' }]);
		expect(poller.staticData).toEqual(kept);
		poller.parameters = { event: 'documentUploaded' };
		expect(await names()).toEqual(['a.pdf', 'b.txt']);
	});

	it('says where there is none', async () => {
		poller.parameters = { event: 'sampleAvailable' };
		await expect(poller.test()).rejects.toThrow(
			'There is no sample yet that fits the event and the filters',
		);
	});
});

describe('the clock of this machine', () => {
	const real = Date.now;
	afterEach(() => {
		Date.now = real;
	});

	it.each([-HOUR, HOUR, 3 * DAY])('may be off by %i ms', async (off) => {
		oneCodex.reset();
		const at = () => new Date(real()).toISOString();
		Date.now = () => real() + off;
		const sampleId = oneCodex.seedSample({ filename: 's.fastq', createdAt: at() }).id;
		for (const event of ['documentUploaded', 'analysisSucceeded', 'analysisFailed']) {
			const other = new Poller(oneCodex, { event });
			await other.activate();
			oneCodex.seed({ filename: 'new.pdf', size: 5, createdAt: at() });
			oneCodex.seedAnalysis({ sampleId, createdAt: at() });
			oneCodex.seedAnalysis({ sampleId, state: 'failed', createdAt: at() });
			expect(await other.poll()).toHaveLength(1);
			expect(await other.poll()).toBeUndefined();
		}
	});
});
