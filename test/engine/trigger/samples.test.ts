import { setTimeout as delay } from 'node:timers/promises';

import { startOneCodex, type OneCodexStandIn, type SeedSample } from '../../onecodex';
import { ago, DAY, HOUR, MINUTE, Poller } from './polling';

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

const seed = (filename: string, more: Partial<SeedSample> = {}) =>
	oneCodex.seedSample({ filename, ...more } as SeedSample);
const names = async () => (await poller.poll())?.map(({ filename }) => filename);

/** A client changes the sample, as with PATCH. */
const touch = (sample: ReturnType<typeof seed>) => (sample as unknown as { touch(): void }).touch();

it('a sample comes once it is available, however long that took', async () => {
	const waiting = seed('uploading.fastq', { status: 'importing', createdAt: ago(30 * DAY) });
	const early = oneCodex.seedSample({ status: 'awaiting_data', createdAt: ago(300 * DAY) });
	seed('old.fastq', { createdAt: ago(HOUR) });
	await poller.activate();
	expect(await names()).toBeUndefined();

	const reading = seed('reading.fastq', { status: 'validating' });
	expect(await names()).toBeUndefined();
	waiting.advance();
	expect(await names()).toEqual(['uploading.fastq']);
	reading.advance();
	expect(await names()).toEqual(['reading.fastq']);
	Object.assign(early, { filename: 'early.fastq' });
	(early as unknown as { arrive(steps: object): void }).arrive({});
	expect(await names()).toEqual(['early.fastq']);
	expect(await names()).toBeUndefined();
});

it('a sample that is changed does not come again, and an old one not at all', async () => {
	const old = seed('old.fastq', { createdAt: ago(90 * DAY) });
	const recent = seed('recent.fastq', { createdAt: ago(HOUR) });
	await poller.activate();
	const sample = seed('new.fastq');
	expect(await names()).toEqual(['new.fastq']);
	await delay(5);
	for (const each of [old, recent, sample]) touch(each);
	expect(await names()).toBeUndefined();
	poller.restart();
	expect(await names()).toBeUndefined();
});

it('what waits is known when the window moves on', async () => {
	await poller.activate();
	const held = seed('held.fastq', { status: 'validating', createdAt: ago(20 * HOUR) });
	const preuploaded = oneCodex.seedSample({ status: 'awaiting_data', createdAt: ago(22 * HOUR) });
	const untouched = seed('untouched.fastq', { createdAt: ago(21 * HOUR) });
	expect(await names()).toEqual(['untouched.fastq']);
	// More at once than are remembered: the window ends with some of the last ones.
	for (let index = 0; index < 1_050; index++)
		seed(`${index}.fastq`, { createdAt: ago(3_000 - index) });
	expect(await names()).toHaveLength(1_050);
	const moving = await poller.requestsDuring(async () => expect(await names()).toBeUndefined());
	expect(moving.length).toBeGreaterThan(1);
	touch(untouched);
	expect(await names()).toBeUndefined();
	held.advance();
	expect(await names()).toEqual(['held.fastq']);
	Object.assign(preuploaded, { filename: 'preuploaded.fastq' });
	(preuploaded as unknown as { arrive(steps: object): void }).arrive({});
	expect(await names()).toEqual(['preuploaded.fastq']);
	expect(await names()).toBeUndefined();
});

it('of hundreds at once each comes once, and a quiet poll is one request', async () => {
	seed('old.fastq', { createdAt: ago(HOUR) });
	await poller.activate();
	for (let index = 0; index < 300; index++) seed(`${index}.fastq`, { createdAt: ago(index % 5) });
	expect(new Set(await names()).size).toBe(300);
	const requests = await poller.requestsDuring(async () => {
		expect(await names()).toBeUndefined();
	});
	expect(requests).toEqual(['/api/v1/samples']);
});

it('a sample that failed comes with why', async () => {
	poller = new Poller(oneCodex, { event: 'sampleFailed' });
	seed('old.fastq', { status: 'failed_validation', createdAt: ago(HOUR) });
	await poller.activate();
	seed('fine.fastq');
	const bad = seed('bad.fastq', { status: 'failed_validation', errorMsg: 'Not FASTQ.' });
	expect(await poller.poll()).toMatchObject([
		{ sample_id: bad.id, status: 'failed_validation', error_msg: 'Not FASTQ.' },
	]);
	expect(await poller.poll()).toBeUndefined();
});

describe('filters', () => {
	it.each(['id', '$ref', 'locator'])('by project, as %s', async (form) => {
		const { id } = oneCodex.seedProject({ name: 'Ward 7' });
		const forms = {
			id,
			$ref: { $ref: `/api/v1/projects/${id}` },
			locator: { __rl: true, mode: 'id', value: id },
		};
		const projectId = forms[form as keyof typeof forms];
		poller = new Poller(oneCodex, { event: 'sampleAvailable', filters: { projectId } });
		await poller.activate();
		seed('elsewhere.fastq');
		seed('in.fastq', { projectId: id });
		expect(await names()).toEqual(['in.fastq']);
	});

	it('by tag, even one that is new', async () => {
		poller = new Poller(oneCodex, { event: 'sampleAvailable', filters: { tag: 'urgent' } });
		await poller.activate();
		const sample = seed('later.fastq');
		expect(await names()).toBeUndefined();
		seed('tagged.fastq', { tags: ['urgent'] });
		expect(await names()).toEqual(['tagged.fastq']);
		Object.assign(sample, { tagIds: [oneCodex.seedTag('urgent').id] });
		touch(sample);
		expect(await names()).toEqual(['later.fastq']);
		expect(await names()).toBeUndefined();
	});

	it('by name, and no filter that another event left', async () => {
		const filters = { filename: 'STOOL', analysisType: 'panel' };
		poller = new Poller(oneCodex, { event: 'sampleAvailable', filters });
		await poller.activate();
		seed('stool.fastq');
		seed('soil.fastq');
		expect(await names()).toEqual(['stool.fastq']);
	});
});

it('gives what Get gives', async () => {
	await poller.activate();
	const sample = seed('a.fastq');
	const [simple] = (await poller.poll())!;
	expect(Object.keys(simple)).toEqual([
		'sample_id',
		'filename',
		'size',
		'status',
		'error_msg',
		'visibility',
		'created_at',
		'project_id',
		'metadata_id',
		'classification_id',
	]);
	expect(simple.sample_id).toBe(sample.id);
	poller = new Poller(oneCodex, { event: 'sampleAvailable', simplify: false });
	await poller.activate();
	const other = seed('b.fastq', { createdAt: ago(MINUTE) });
	expect(await poller.poll()).toMatchObject([
		{ sample_id: other.id, $uri: `/api/v1/samples/${other.id}`, project: null, tags: [] },
	]);
});
