import { startOneCodex, type OneCodexStandIn, type SeedSample } from '../../onecodex';
import { ago, DAY, HOUR, Poller } from './polling';

let oneCodex: OneCodexStandIn;
let poller: Poller;

beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => {
	oneCodex.reset();
	poller = new Poller(oneCodex, { event: 'sampleAvailable' });
});
afterAll(async () => await oneCodex.close());

/** One that the service never gives the time of a change. */
const untimed = <T extends object>(entry: T): T =>
	Object.defineProperty(entry, 'updatedAt', { value: null });
const timedSample = (filename: string, more: Partial<SeedSample> = {}) =>
	oneCodex.seedSample({ filename, ...more } as SeedSample);
const sample = (filename: string, more: Partial<SeedSample> = {}) =>
	untimed(timedSample(filename, more));
const onItsWay = { status: 'validating', createdAt: ago(30 * DAY) } as const;
const names = async () => (await poller.poll())?.map(({ filename }) => filename);
const quietly = async () =>
	await poller.requestsDuring(async () => expect(await poller.poll()).toBeUndefined());
const hundreds = Array.from({ length: 150 }, (_, index) => `${index}.fastq`);

describe('samples without the time of their change', () => {
	it('come, each once, with one request where nothing is new', async () => {
		sample('old.fastq', { createdAt: ago(HOUR) });
		await poller.activate();
		expect(await names()).toBeUndefined();
		sample('new.fastq');
		const reading = sample('reading.fastq', { status: 'validating' });
		expect(await names()).toEqual(['new.fastq']);
		reading.advance();
		expect(await names()).toEqual(['reading.fastq']);
		expect(await quietly()).toEqual(['/api/v1/samples']);
	});

	it('come while others are on their way, and so do these', async () => {
		sample('old.fastq', { createdAt: ago(HOUR) });
		const held = sample('held.fastq', onItsWay);
		const timed = timedSample('timed.fastq', onItsWay);
		await poller.activate();
		expect(await names()).toBeUndefined();
		for (const name of hundreds) sample(name);
		expect((await names())?.sort()).toEqual([...hundreds].sort());
		expect(await quietly()).toEqual(Array(3).fill('/api/v1/samples'));
		held.advance();
		expect(await names()).toEqual(['held.fastq']);
		timed.advance();
		expect(await names()).toEqual(['timed.fastq']);
		sample('new.fastq');
		expect(await names()).toEqual(['new.fastq']);
		expect(await names()).toBeUndefined();
	});

	it('come first of all, though others are on their way', async () => {
		const held = sample('held.fastq', onItsWay);
		sample('waiting.fastq', onItsWay);
		await poller.activate();
		expect(await names()).toBeUndefined();
		sample('first.fastq');
		expect(await names()).toEqual(['first.fastq']);
		held.advance();
		expect(await names()).toEqual(['held.fastq']);
		expect(await names()).toBeUndefined();
	});

	it('come when the window has moved on', async () => {
		sample('old.fastq', { createdAt: ago(6 * DAY) });
		await poller.activate();
		const held = sample('held.fastq', { ...onItsWay, createdAt: ago(3 * DAY) });
		sample('now.fastq');
		expect(await names()).toEqual(['now.fastq']);
		expect(await names()).toBeUndefined();
		held.advance();
		expect(await names()).toEqual(['held.fastq']);
		expect(await names()).toBeUndefined();
	});

	it('come once there is the tag', async () => {
		poller = new Poller(oneCodex, { event: 'sampleAvailable', filters: { tag: 'urgent' } });
		const [held, untagged] = ['held.fastq', 'untagged.fastq'].map((name) => sample(name, onItsWay));
		await poller.activate();
		untagged.advance();
		expect(await names()).toBeUndefined();
		Object.assign(held, { tagIds: [oneCodex.seedTag('urgent').id] });
		held.advance();
		sample('new.fastq', { tags: ['urgent'] });
		sample('other.fastq');
		expect((await names())?.sort()).toEqual(['held.fastq', 'new.fastq']);
		expect(await names()).toBeUndefined();
	});
});

describe('samples with the time of their change', () => {
	it('cost one request where nothing is new, though others are on their way', async () => {
		timedSample('held.fastq', onItsWay);
		const { id } = timedSample('touched.fastq', { createdAt: ago(10 * DAY) });
		(oneCodex.sample(id) as unknown as { touch(): void }).touch();
		await poller.activate();
		expect(await quietly()).toEqual(['/api/v1/samples']);
		for (const name of hundreds) timedSample(name);
		expect(await names()).toHaveLength(hundreds.length);
		expect(await quietly()).toEqual(['/api/v1/samples']);
	});

	it('hide none without, once nothing is on its way and as many are listed otherwise', async () => {
		const held = timedSample('held.fastq', onItsWay);
		timedSample('old.fastq', { createdAt: ago(HOUR) });
		await poller.activate();
		for (const name of hundreds) timedSample(name);
		expect(await names()).toHaveLength(hundreds.length);
		held.advance();
		expect(await names()).toEqual(['held.fastq']);
		sample('late.fastq', { createdAt: ago(HOUR) });
		expect(await names()).toEqual(['late.fastq']);
		expect(await names()).toBeUndefined();
	});
});

describe('analyses without the time of their success', () => {
	let sampleId: string;
	beforeEach(() => {
		sampleId = timedSample('stool.fastq', { createdAt: ago(60 * DAY) }).id;
		poller = new Poller(oneCodex, { event: 'analysisSucceeded' });
	});
	const seed = (createdAt: string) => untimed(oneCodex.seedAnalysis({ sampleId, createdAt }));
	const ids = async () => (await poller.poll())?.map(({ analysis_id }) => analysis_id);

	it.each([HOUR, 9 * DAY])('come after one that began %i ms ago', async (before) => {
		const old = seed(ago(before));
		await poller.activate();
		expect(await ids()).toBeUndefined();
		const { id } = seed(ago(0));
		expect(await ids()).toEqual([id]);
		oneCodex.analyses.splice(oneCodex.analyses.indexOf(old), 1);
		expect(await ids()).toBeUndefined();
	});

	it('cost nothing once those that come have it', async () => {
		seed(ago(9 * DAY));
		oneCodex.seedAnalysis({ sampleId, createdAt: ago(HOUR) });
		await poller.activate();
		expect(await poller.poll()).toBeUndefined();
		expect(await quietly()).toEqual(['/api/v1/analyses']);
	});
});
