import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { listed as listedFor } from '../listed';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const listed = async (method: string, text?: string) => await listedFor(oneCodex, method, text);

it('projects are found by a part of their name, and one without has its short one', async () => {
	oneCodex.seedProject({ name: 'Ward 7' });
	oneCodex.seedProject({ projectName: 'icu-2' });
	expect((await listed('searchProjects')).sort()).toEqual(['Ward 7', 'icu-2']);
	expect(await listed('searchProjects', 'ward')).toEqual(['Ward 7']);
});

it('jobs are found by a part of their name, and versions of one are told apart', async () => {
	const createdAt = (year: number) => `${year}-05-05T00:00:00Z`;
	oneCodex.seedJob({ name: 'AMR', type: 'panel', createdAt: createdAt(2024) });
	oneCodex.seedJob({ name: 'AMR', type: 'panel', createdAt: createdAt(2025) });
	expect((await listed('searchJobs', 'amr')).sort()).toEqual([
		'AMR (panel, 2024-05-05)',
		'AMR (panel, 2025-05-05)',
	]);
	expect(await listed('searchJobs')).toHaveLength(3);
});

it('analyses are found by the name of their sample as people type it', async () => {
	oneCodex.seedSample({ filename: 'Stuhl Marz.fastq', createdAt: '2026-01-31T00:00:00Z' });
	for (const text of ['Stuhl März', ' märz ', '*MÄRZ*', 'C:\\runs\\Stuhl März.fastq']) {
		expect(await listed('searchAnalyses', text)).toHaveLength(1);
	}
	expect(await listed('searchAnalyses', 'run 3/Marz')).toEqual([]);
	expect(await listed('searchAnalyses', '报告')).toEqual([]);
	expect(await listed('searchAnalyses', ' ')).toHaveLength(1);
});

it('analyses are found by the file name of their sample, and shown with it and their job', async () => {
	const createdAt = '2026-01-31T00:00:00Z';
	const stool = oneCodex.seedSample({ filename: 'Stool_1.fastq', createdAt });
	oneCodex.seedSample({ filename: 'blood.fastq', createdAt, classification: 'running' });
	const { id: jobId } = oneCodex.seedJob({ name: 'AMR 2', type: 'workflow' });
	oneCodex.seedAnalysis({
		sampleId: stool.id,
		jobId,
		state: 'failed',
		createdAt: '2026-02-01T00:00:00Z',
	});
	const ofStool = [
		'Stool_1.fastq: AMR 2 (failed, 2026-02-01)',
		'Stool_1.fastq: One Codex Database (succeeded, 2026-01-31)',
	];
	expect(await listed('searchAnalyses', 'stool')).toEqual(ofStool);
	expect(await listed('searchAnalyses')).toEqual([
		...ofStool,
		'blood.fastq: One Codex Database (running, 2026-01-31)',
	]);
	expect(await listed('searchAnalyses', 'none such')).toEqual([]);
});
