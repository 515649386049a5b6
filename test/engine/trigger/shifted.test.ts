import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { startFront } from '../front';
import { ago, DAY, Poller } from './polling';

let oneCodex: OneCodexStandIn;

beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

/** Does something right before a list is asked for by such an address, the first time. */
async function before(poller: Poller, address: RegExp, action: () => void): Promise<void> {
	let isDone = false;
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, ({ url = '' }) => {
			if (!isDone && address.test(decodeURIComponent(url))) {
				isDone = true;
				action();
			}
			return false;
		}),
	);
	poller.credentials = { ...poller.credentials, baseUrl: front.baseUrl };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Samples on their way, of three days ago, the newest last. */
const validating = (count: number) =>
	numbers(count).map((index) =>
		oneCodex.seedSample({
			filename: `${index}.fastq`,
			status: 'validating',
			createdAt: ago(3 * DAY - index),
		}),
	);
const sorted = (lists: Array<unknown[] | undefined>) => lists.flatMap((list) => list ?? []).sort();

describe('while the pages are read, one of those that were read is deleted', () => {
	it('and no document is forgotten', async () => {
		const poller = new Poller(oneCodex, { event: 'documentUploaded' });
		await poller.activate();
		const ids = numbers(300).map(
			(index) => oneCodex.seed({ filename: `${index}.pdf`, size: 5 }).id,
		);
		await before(poller, /[?&]page=3/, () => void oneCodex.documents.pop());
		const given = async () => (await poller.poll())?.map(({ document_id }) => document_id);
		expect(sorted([await given(), await given()])).toEqual([...ids].sort());
		expect(await given()).toBeUndefined();
	});

	it('and no sample is left behind where the window moves on', async () => {
		oneCodex.seedSample({ filename: 'old.fastq', createdAt: ago(6 * DAY) });
		const poller = new Poller(oneCodex, { event: 'sampleAvailable' });
		await poller.activate();
		const samples = validating(300);
		for (const sample of samples) sample.advance();
		await before(poller, /[?&]page=3/, () => void oneCodex.samples.pop());
		const given = async () => (await poller.poll())?.map(({ sample_id }) => sample_id);
		const all = [await given(), await given(), await given()];
		expect(sorted(all)).toEqual(samples.map(({ id }) => id).sort());
	});

	it('and no analysis that succeeded before comes as new when it is changed', async () => {
		const sampleId = oneCodex.seedSample({ filename: 'a.fastq', createdAt: ago(9 * DAY) }).id;
		const old = numbers(300).map((index) =>
			oneCodex.seedAnalysis({ sampleId, createdAt: ago(8 * DAY - index) }),
		);
		const poller = new Poller(oneCodex, { event: 'analysisSucceeded' });
		oneCodex.seedAnalysis({ sampleId });
		await before(poller, /[?&]page=3/, () => void oneCodex.analyses.pop());
		await poller.activate();
		for (const { id } of old) oneCodex.endAnalysis(id);
		expect(await poller.poll()).toBeUndefined();
	});

	it('and nothing that was there before comes as new with the next', async () => {
		const poller = new Poller(oneCodex, { event: 'documentUploaded' });
		for (const index of numbers(300)) oneCodex.seed({ filename: `${index}.pdf`, size: 5 });
		await before(poller, /[?&]page=3/, () => void oneCodex.documents.pop());
		await poller.activate();
		oneCodex.seed({ filename: 'new.pdf', size: 5 });
		expect(await poller.poll()).toMatchObject([{ filename: 'new.pdf' }]);
	});
});

it('a sample on its way is not forgotten though another one arrives while they are listed', async () => {
	oneCodex.seedSample({ filename: 'old.fastq', createdAt: ago(6 * DAY) });
	const poller = new Poller(oneCodex, { event: 'sampleAvailable' });
	await poller.activate();
	const samples = validating(150);
	oneCodex.seedSample({ filename: 'now.fastq' });
	const given = async () => (await poller.poll())?.map(({ filename }) => filename);
	expect(await given()).toEqual(['now.fastq']);
	await before(poller, /validating.*[?&](page=2|cursor=)|(page=2|cursor=).*validating/, () => {
		samples.at(-1)?.advance();
	});
	expect(await given()).toEqual(['149.fastq']);
	// The second page began with it, or it slipped into the first.
	for (const index of [49, 50]) samples[index].advance();
	expect((await given())?.sort()).toEqual(['49.fastq', '50.fastq']);
});
