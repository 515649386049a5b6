import { startOneCodex, type OneCodexStandIn, type SeedAnalysis } from '../../onecodex';
import { ago, DAY, HOUR, MINUTE, Poller } from './polling';

let oneCodex: OneCodexStandIn;
let failed: Poller;
let succeeded: Poller;
let sampleId: string;

beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(async () => {
	oneCodex.reset();
	const old = { filename: 'stool.fastq', createdAt: ago(10 * DAY) };
	sampleId = oneCodex.seedSample(old).id;
	failed = new Poller(oneCodex, { event: 'analysisFailed' });
	succeeded = new Poller(oneCodex, { event: 'analysisSucceeded' });
	await failed.activate();
	await succeeded.activate();
});
afterAll(async () => await oneCodex.close());

const seed = (more: Partial<SeedAnalysis> = {}) => oneCodex.seedAnalysis({ sampleId, ...more });
const ids = async (poller: Poller) => (await poller.poll())?.map(({ analysis_id }) => analysis_id);

it('one that succeeds comes when it does, however long it ran', async () => {
	const { id } = seed({ state: 'running', createdAt: ago(9 * DAY) });
	expect(await ids(succeeded)).toBeUndefined();
	oneCodex.endAnalysis(id);
	expect(await ids(succeeded)).toEqual([id]);
	expect(await ids(succeeded)).toBeUndefined();
	expect(await ids(failed)).toBeUndefined();
});

it('one that fails comes, though it has no time of that', async () => {
	const { id } = seed({ state: 'running', createdAt: ago(6 * DAY) });
	const early = seed({ state: 'failed', createdAt: ago(HOUR) });
	expect(await ids(failed)).toEqual([early.id]);
	oneCodex.endAnalysis(id, { success: false });
	expect(oneCodex.analysis(id).updatedAt).toBeNull();
	expect(await ids(failed)).toEqual([id]);
	expect(await ids(failed)).toBeUndefined();
	expect(await ids(succeeded)).toBeUndefined();
});

it('one that fails and then succeeds comes with both, each once', async () => {
	const { id } = seed({ state: 'failed' });
	expect(await ids(failed)).toEqual([id]);
	expect(await ids(succeeded)).toBeUndefined();
	oneCodex.endAnalysis(id);
	expect(await ids(succeeded)).toEqual([id]);
	expect(await ids(failed)).toBeUndefined();
	expect(await ids(succeeded)).toBeUndefined();
});

it('one that is changed long after it succeeded does not come again', async () => {
	const { id } = seed({ createdAt: ago(HOUR) });
	// So many that the trigger no longer lists what was before the last five hundred of them.
	const later = Array.from(
		{ length: 990 },
		(_, index) => seed({ createdAt: ago(MINUTE - index) }).id,
	);
	later.push(...Array.from({ length: 15 }, () => seed().id));
	expect((await ids(succeeded))?.sort()).toEqual([id, ...later].sort());
	expect(await ids(succeeded)).toBeUndefined();
	oneCodex.endAnalysis(later[300]);
	expect(await ids(succeeded)).toBeUndefined();
});

it('one that succeeded before it begins does not come when it is changed', async () => {
	const old = Array.from({ length: 250 }, (_, day) => seed({ createdAt: ago((day + 3) * DAY) }));
	succeeded = new Poller(oneCodex, { event: 'analysisSucceeded' });
	for (const analysisType of [undefined, 'classification']) {
		succeeded.parameters.filters = { ...(analysisType && { analysisType }) };
		expect(await succeeded.activate()).toBeUndefined();
		for (const { id } of [old[0], old[120], old[249]]) oneCodex.endAnalysis(id);
		expect(await ids(succeeded)).toBeUndefined();
		expect(await ids(succeeded)).toBeUndefined();
	}
	const { id } = seed();
	expect(await ids(succeeded)).toEqual([id]);
});

it('of hundreds at once each comes once, and a quiet poll is one request', async () => {
	const now = ago(0);
	for (let index = 0; index < 300; index++) seed({ createdAt: now });
	expect(new Set(await ids(succeeded)).size).toBe(300);
	for (let index = 0; index < 300; index++) seed({ state: 'failed', createdAt: now });
	expect(new Set(await ids(failed)).size).toBe(300);
	// The window moves on, and the list is read anew.
	for (let polls = 0; polls < 2; polls++) expect(await ids(succeeded)).toBeUndefined();
	for (const poller of [failed, succeeded]) {
		const requests = await poller.requestsDuring(async () => {
			expect(await poller.poll()).toBeUndefined();
		});
		expect(requests).toEqual(['/api/v1/analyses']);
	}
});

describe('filters', () => {
	const watching = async (filters: object) => {
		succeeded = new Poller(oneCodex, { event: 'analysisSucceeded', filters: { ...filters } });
		await succeeded.activate();
	};

	it('by type', async () => {
		await watching({ analysisType: 'panel' });
		seed();
		const { id } = seed({ type: 'panel' });
		expect(await ids(succeeded)).toEqual([id]);
	});

	it('by project, tag and file name of the sample', async () => {
		const projectId = oneCodex.seedProject({ name: 'Ward 7' }).id;
		const filters = { projectId, tag: 'urgent', filename: 'STOOL' };
		await watching(filters);
		const like = (more: object) =>
			oneCodex.seedSample({
				filename: 'stool.fastq',
				projectId,
				tags: ['urgent'],
				classification: 'none',
				...more,
			}).id;
		const fitting = Array.from({ length: 60 }, () => like({}));
		const others = [{ filename: 's.fastq' }, { projectId: null }, { tags: ['other'] }].map(like);
		const analyses = [...fitting, ...others].map((sample) => seed({ sampleId: sample }).id);
		expect((await ids(succeeded))?.sort()).toEqual(analyses.slice(0, 60).sort());
		expect(await ids(succeeded)).toBeUndefined();
		const requests = await succeeded.requestsDuring(async () => await succeeded.poll());
		expect(requests).toEqual(['/api/v1/analyses']);
		const [newest] = (await succeeded.test())!;
		expect(analyses.slice(0, 60)).toContain(newest.analysis_id);
	});

	it('by a tag that there is not', async () => {
		await watching({ tag: 'nobody has it' });
		seed();
		expect(await ids(succeeded)).toBeUndefined();
		await expect(succeeded.test()).rejects.toThrow(/^There is no analysis yet that fits/);
	});
});

it('gives what Get gives', async () => {
	const { id } = seed({ type: 'panel' });
	const [simple] = (await succeeded.poll())!;
	expect(simple).toMatchObject({
		analysis_id: id,
		analysis_type: 'panel',
		state: 'succeeded',
		sample_id: sampleId,
	});
	const whole = new Poller(oneCodex, { event: 'analysisFailed', simplify: false });
	await whole.activate();
	const other = seed({ state: 'failed', errorMsg: 'No reads.' });
	expect(await whole.poll()).toMatchObject([
		{
			analysis_id: other.id,
			$uri: `/api/v1/analyses/${other.id}`,
			error_msg: 'No reads.',
			sample: { $ref: `/api/v1/samples/${sampleId}` },
		},
	]);
});
