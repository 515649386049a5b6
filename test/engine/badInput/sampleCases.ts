import fc from 'fast-check';

import type { OneCodexStandIn } from '../../onecodex';
import { run, storedBinary } from '../engine';
import { startFront, type Front } from '../front';
import { fastq, filesOf, gzipped, sha256 } from '../samples/reads';
import { samples } from './cases';
import { anyName } from './names';
import { Outcomes } from './outcomes';
import { anyValue } from './parameterCases';

const ID = '0123456789abcdef';
const LONG = 'x'.repeat(300);

/** The right value nearly always, for a case has many: then one of them is odd, or two. */
const rarely = (right: unknown, ...odd: unknown[]) =>
	fc.oneof(
		{ weight: 40, arbitrary: fc.constant(right) },
		{ weight: 3, arbitrary: fc.constantFrom(...odd) },
		{ weight: 1, arbitrary: anyValue },
	);

/** What metadata of a sample may be given by expression. */
const METADATA = {
	name: rarely('', 'Stool', LONG, [], {}, NaN, true),
	externalSampleId: rarely('', 'LIMS-7', 4711, 'x'.repeat(61), '🧫'.repeat(60), [1], null),
	sampleType: rarely('', 'Isolate', 'isolate', 'Soil', 5, ['Isolate'], {}),
	libraryType: rarely('', 'Targeted/16S', 'wgs', true, []),
	platform: rarely('', 'Illumina', 'Oxford Nanopore MinION', 'illumina', 'MySeq', {}),
	dateCollected: rarely('', '2026-01-31', '31.01.2026', '2026-13-01', 'soon', 45_000, {}, null),
	dateSequenced: rarely('', '2026-01-31T12:00:00+01:00', '01/02/2026', '2026', -1, []),
	description: rarely('', LONG.repeat(50), '\u0000', {}, 1),
	locationString: rarely('', 'Hamburg', LONG, [], 0),
	locationLat: rarely('', 53.55, '-90', 90.1, '53,55', 'north', Infinity, [], true, 1e300),
	locationLon: rarely('', -180, '180', -180.5, '10° E', {}, NaN),
	starred: rarely('', true, 'false', 'yes', 1, [], null),
	custom: rarely(
		'',
		{ ward: 'ICU', bed: 3, isTest: true, none: null },
		...['{"ward": "ICU"}', 'ward', '[', { ward: {} }, { ward: [1] }, { '': 1 }, [[]], 5, null],
		...[[{ name: 'a', value: 'b', type: 'number' }], { assignments: 'x' }, { ['__proto__']: 1 }],
	),
};

const COMMON = {
	tags: rarely('', 'urgent, ward 7', ['a', 7], '["a"]', 'x'.repeat(31), [null], {}, true, ', ,'),
	projectId: rarely('', ID.slice(1), `${ID}0`, 'ward', ID.toUpperCase(), [], {}, 5, null),
	metadata: fc.record(METADATA),
};

const ENDINGS = [
	'.fastq',
	'.fq.gz',
	'.FASTA',
	'.fna.bz2',
	'.fastq.gzip',
	'_R1.fq',
	'.fa',
	'.txt',
	'',
];

const uploadCase = fc.record({
	...COMMON,
	name: fc.tuple(anyName, fc.constantFrom(...ENDINGS)).map((all) => all.join('')),
	content: fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom('fastq', 'gzipped') },
		{ weight: 1, arbitrary: fc.constantFrom('', '<html>', 'PK zip', '{}', ' ', '@', 'BZ') },
	),
	sampleId: rarely('', ID, 'x', [], {}, null),
	externalSampleId: rarely('', 'LIMS-0', 'x'.repeat(61), [1], {}, true),
});

const field = (name: string) => `={{ $json.${name} }}`;
const FIELDS = {
	resource: 'sample',
	tags: field('tags'),
	projectId: { __rl: true, mode: 'id', value: field('projectId') },
	metadata: Object.fromEntries(
		Object.keys(METADATA).map((name) => [name, field(`metadata.${name}`)]),
	),
};

/** So many cases make an execution, with an origin, and so a pace, of its own. */
const AT_A_TIME = 5;

/** Runs cases in executions of a few, side by side, and gives what the node gave for each. */
async function outputsOf<Case extends object>(
	oneCodex: OneCodexStandIn,
	cases: Case[],
	step: Record<string, unknown>,
	binaryOf: (each: Case) => Promise<object> = async () => await Promise.resolve({}),
) {
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const fronts: Front[] = [];
	const starts = Array.from({ length: cases.length / AT_A_TIME }, (_, at) => at * AT_A_TIME);
	try {
		const all = await Promise.all(
			starts.map(async (from) => {
				const front = await startFront(baseUrl, () => false);
				fronts.push(front);
				const items = await Promise.all(
					cases
						.slice(from, from + AT_A_TIME)
						.map(async (each) => ({ json: { ...each } as never, ...(await binaryOf(each)) })),
				);
				const result = await run({
					credentials: { apiKey, baseUrl: front.baseUrl, s3Endpoint },
					items,
					steps: [step as never],
					onError: 'continueRegularOutput',
				});
				expect([result.status, result.error]).toEqual(['success', undefined]);
				const given = result.outputs()[0];
				return items.map((_, index) =>
					given.filter(({ pairedItem }) =>
						[pairedItem].flat().some((paired) => (paired as { item: number }).item === index),
					),
				);
			}),
		);
		return all.flat();
	} finally {
		await Promise.all(fronts.map(async (front) => await front.close()));
	}
}

/** What the service refused of what reached it, which the node should have seen before. */
const refusedOf = ({ requests }: OneCodexStandIn) =>
	requests
		.filter(({ side, status }) => side === 'api' && [400, 500].includes(Number(status)))
		.map(({ path, body }) => JSON.stringify([path, body]));

/** Uploads files with parameters that expressions give, of any kind. */
export async function uploadSamples(oneCodex: OneCodexStandIn, count: number): Promise<Outcomes> {
	const bytesOf: Record<string, Buffer> = { fastq: fastq(), gzipped: gzipped() };
	const cases = samples(uploadCase, count);
	const step = {
		...FIELDS,
		operation: 'upload',
		reads: 'single',
		options: { sampleId: field('sampleId'), externalSampleId: field('externalSampleId') },
	};
	const outputs = await outputsOf(oneCodex, cases, step, async ({ name, content }) => {
		const bytes = bytesOf[content] ?? Buffer.from(content);
		return { binary: { data: await storedBinary(bytes, name) } };
	});

	const outcomes = new Outcomes();
	for (const [index, label] of cases.entries()) {
		outcomes.demand(outputs[index].length === 1, 'not one output', label);
		const json = outcomes.take(label, outputs[index][0]);
		if (!json) continue;
		const sample = oneCodex.sample(String(json.sample_id));
		const digest = sha256(bytesOf[label.content] ?? Buffer.from(label.content));
		outcomes.demand(filesOf(sample)[String(json.filename)] === digest, 'other bytes', label);
		outcomes.demand(sample.status === 'available', 'not there', label);
	}
	// None but those for samples before their files, which nobody knows but the service.
	const early = refusedOf(oneCodex).filter((each) => !/"(external_)?sample_id":/.test(each));
	outcomes.demand(early.length === 0, 'refused by the service', early[0]);
	const left = oneCodex.samples.filter(({ status }) => status === 'awaiting_data');
	outcomes.demand(left.length === 0, 'left without data', left[0]);
	outcomes.demand(
		oneCodex.samples.length === outcomes.succeeded(),
		'other samples',
		index(oneCodex),
	);
	return outcomes;
}

const index = ({ samples: all }: OneCodexStandIn) => all.map(({ filename }) => filename);

const updateCase = fc.record({
	...COMMON,
	removeTags: rarely('', 'to do', ['to do'], 'x'.repeat(31), [{}], 7, 'urgent'),
	visibility: rarely('private', 'shared', 'secret', '', null, 5, []),
	removeFromProject: rarely(false, true, 'true', 'no', {}, null),
});

/** Changes a sample with fields that expressions give, of any kind. */
export async function updateSamples(oneCodex: OneCodexStandIn, count: number): Promise<Outcomes> {
	const { id } = oneCodex.seedSample({ filename: 's.fastq', tags: ['automatic', 'to do'] });
	const cases = samples(updateCase, count);
	const { resource, tags: addTags, projectId, metadata } = FIELDS;
	const updateFields = {
		...{ addTags, projectId, metadata, removeTags: field('removeTags') },
		visibility: field('visibility'),
		removeFromProject: field('removeFromProject'),
	};
	const sampleId = { __rl: true, mode: 'id', value: id };
	const step = { resource, operation: 'update', sampleId, updateFields };
	const outputs = await outputsOf(oneCodex, cases, step);

	const outcomes = new Outcomes();
	for (const [at, label] of cases.entries()) {
		outcomes.demand(outputs[at].length === 1, 'not one output', label);
		const json = outcomes.take(label, outputs[at][0]);
		outcomes.demand(!json || json.sample_id === id, 'another sample', label);
	}
	outcomes.demand(
		refusedOf(oneCodex).length === 0,
		'refused by the service',
		refusedOf(oneCodex)[0],
	);
	const [{ tagIds }] = oneCodex.samples;
	const names = tagIds.map((tag) => oneCodex.tags.find((each) => each.id === tag)?.name);
	outcomes.demand(names.includes('automatic'), 'lost an automatic tag', names);
	return outcomes;
}

const listCase = fc.record({
	filename: rarely('', 'stool', '', '🧬', 'ä', [], 5, null),
	status: rarely('', 'available', 'awaiting_data', 'ready', 5, []),
	visibility: rarely('', 'private', 'secret', {}, true),
	projectId: rarely('', ID, 'ward', [], 5),
	tag: rarely('', 'urgent', 'x'.repeat(31), [], {}, 7),
	externalSampleId: rarely('', 'LIMS-7', 4711, [], {}, 'x'.repeat(300)),
	createdAfter: rarely('', '2026-01-31', 'soon', 45_000, {}, '2026-02-30'),
	createdBefore: rarely('', '2026-01-31T00:00:00Z', '31/01/2026', true, []),
	minSize: rarely(0, 10, '10', -1, 1.5, 'many', [], 2 ** 60),
	maxSize: rarely(0, '1000', '1 GB', Infinity, {}),
	limit: rarely(5, 1, '7', 0, -1, 'all', [], 1e9),
	scope: rarely('own', 'organization', 'public', 'all', '', null),
	sort: rarely('newest', 'largest', 'name', 'random', 5),
	simplify: rarely(true, 'false', 'no', 1),
	includeMetadata: rarely(false, true, 'yes', {}),
});

/** Lists samples with filters that expressions give, of any kind. */
export async function listSamples(oneCodex: OneCodexStandIn, count: number): Promise<Outcomes> {
	oneCodex.seedSample({ filename: 'stool.fastq', tags: ['urgent'], size: 100 });
	const cases = samples(listCase, count);
	const names = Object.keys(cases[0]).slice(0, 10);
	const step = {
		...{ resource: 'sample', operation: 'getAll', limit: field('limit'), scope: field('scope') },
		simplify: field('simplify'),
		filters: Object.fromEntries(names.map((name) => [name, field(name)])),
		options: { sort: field('sort'), includeMetadata: field('includeMetadata') },
	};
	const outputs = await outputsOf(oneCodex, cases, step);

	const outcomes = new Outcomes();
	for (const [at, label] of cases.entries()) {
		outcomes.demand(outputs[at].length <= 1, 'more than there is', label);
		// No sample is what many filters find.
		outcomes.take(label, outputs[at][0] ?? { json: {} });
	}
	outcomes.demand(
		refusedOf(oneCodex).length === 0,
		'refused by the service',
		refusedOf(oneCodex)[0],
	);
	return outcomes;
}
