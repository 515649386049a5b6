import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { listed as listedFor } from './listed';

/** More than a picker is given at once, many times over. */
const MANY = 2_500;
const numbered = (number: number) => String(number).padStart(4, '0');

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
	oneCodex.seed({ filename: 'Bericht_Marz.pdf', size: 5 });
	oneCodex.seed({ filename: 'other.csv', size: 5 });
	for (let number = 0; number < MANY; number++) {
		const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
		oneCodex.seedSample({ filename: `run_${numbered(number)}.fastq`, size: 5, createdAt });
		oneCodex.seedProject({ name: `Ward ${numbered(number)}` });
	}
	oneCodex.seedSample({ filename: 'Probe Marz (2)_R1.fastq', createdAt: '2025-01-01T00:00:00Z' });
	oneCodex.seedSample({ status: 'awaiting_data', createdAt: '2025-01-01T00:00:00Z' });
});
beforeEach(() => void (oneCodex.requests.length = 0));
afterAll(async () => await oneCodex.close());

const listed = async (method: string, text?: string) => await listedFor(oneCodex, method, text);

const found = async (text: string) =>
	(await listed('searchDocuments', text)).map((name) => name.split(' ')[0]);

it.each(['Bericht März', ' märz ', 'C:\\Users\\me\\Bericht März.pdf', 'Bericht_', 'BERICHT'])(
	'a document is found by %j, as people type its name',
	async (text) => expect(await found(text)).toEqual(['Bericht_Marz.pdf']),
);

it.each(['???', '报告', 'M rz'])('nothing is found by %j', async (text) => {
	expect(await found(text)).toEqual([]);
});

it.each(['', ' '])('all are there for %j', async (text) => {
	expect((await found(text)).sort()).toEqual(['Bericht_Marz.pdf', 'other.csv']);
});

describe('thousands of entries', () => {
	it('samples come newest first, with size and date, each once, page by page', async () => {
		const names = await listed('searchSamples');
		expect(names).toHaveLength(MANY + 2);
		expect(new Set(names).size).toBe(MANY + 2);
		expect(names.slice(0, 2)).toEqual([
			'run_2499.fastq (5 bytes, 2026-01-02)',
			'run_2498.fastq (5 bytes, 2026-01-02)',
		]);
		expect(names).toContain('Sample without a file (size not known, 2025-01-01)');
		// On a busy machine requests arrive less evenly than they leave; a refused one is repeated.
		expect(oneCodex.requests.filter(({ status }) => status !== 429)).toHaveLength(26);
	});

	it('projects come by name, each once, page by page', async () => {
		const names = await listed('searchProjects');
		expect(names).toEqual(Array.from({ length: MANY }, (_, number) => `Ward ${numbered(number)}`));
	});

	it.each([
		['searchSamples', 'RUN_1234', ['run_1234.fastq (5 bytes, 2026-01-01)']],
		['searchProjects', ' ward 1234 ', ['Ward 1234']],
		['searchProjects', 'nobody', []],
	])('%s finds %j in one call', async (method, text, expected) => {
		expect(await listed(method, text)).toEqual(expected);
		expect(oneCodex.requests.filter(({ path }) => !path.endsWith('/account'))).toHaveLength(1);
	});
});

it.each(['Probe März', 'märz (2)', '/data/Probe März (2)_R1.fastq', ' Marz ', 'probe%20m%C3%A4rz'])(
	'a sample is found by %j, as people type its name',
	async (text) => {
		expect(await listed('searchSamples', text)).toEqual([
			'Probe Marz (2)_R1.fastq (size not known, 2025-01-01)',
		]);
	},
);

it.each(['???', '报告', 'M rz'])('no sample is found by %j', async (text) => {
	expect(await listed('searchSamples', text)).toEqual([]);
});
