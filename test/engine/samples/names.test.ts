import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { run } from '../engine';
import { listed } from '../listed';
import { Poller } from '../trigger/polling';
import { gzipped, itemOf } from './reads';

/** What a file is called before it becomes that of a sample, and what somebody may type to find it. */
const names: Array<[string, string[]]> = [
	['(2026) stool.fastq.gz', ['(2026)', '(2026) st', '2026)', '(2026) stool.fastq.gz']],
	['[a] {b} Märzprobe.fastq.gz', ['[a]', '[A] {b} märz', '{b} Marz']],
	['-R1- stool.fastq.gz', ['-R1-', '-r1- stool']],
	['#7 (x) stool.fastq.gz', ['#7', '#7 (x)', '(x)']],
	['#(y) stool.fastq.gz', ['#(y)', '(y)']],
];
const cases = names.flatMap(([name, typed]) => typed.map((text): [string, string] => [text, name]));

let oneCodex: OneCodexStandIn;
const becameOf = new Map<string, string>();

beforeAll(async () => {
	oneCodex = await startOneCodex();
	const credentials = { ...oneCodex, s3Endpoint: oneCodex.storageUrl };
	const items = await Promise.all(names.map(async ([name]) => await itemOf({ [name]: gzipped() })));
	const { error, outputs } = await run({
		credentials,
		items,
		steps: [{ resource: 'sample', operation: 'upload' }],
	});
	expect(error).toBeUndefined();
	for (const { json } of outputs()[0]) {
		const [original] = json.original_filenames as string[];
		becameOf.set(original, String(json.filename));
	}
	// What has only a part of what is typed.
	for (const other of ['12026) x.fastq', 'a] b.fastq', 'R1- x.fastq', '7 (z).fastq', 'y).fastq']) {
		oneCodex.seedSample({ filename: other, createdAt: '2026-01-31T12:00:00Z' });
	}
});
afterAll(async () => await oneCodex.close());

it.each(cases)('a sample is found by %j of %j: Get Many', async (filename, name) => {
	const steps = [{ resource: 'sample', operation: 'getAll', filters: { filename } }];
	const { outputs } = await run({ credentials: oneCodex, items: [{ json: {} }], steps });
	const found = outputs()[0].map(({ json }) => json.filename);
	expect(found).toContain(becameOf.get(name));
	if (/^[([{#-]/.test(filename)) expect(found).toEqual([becameOf.get(name)]);
});

it.each(cases)('a sample is found by %j of %j: the picker', async (typed, name) => {
	const found = await listed(oneCodex, 'searchSamples', typed);
	expect(found.some((entry) => entry.startsWith(`${becameOf.get(name)} (`))).toBe(true);
});

it.each(cases)('a sample is found by %j of %j: the trigger', async (filename, name) => {
	const poller = new Poller(oneCodex, { event: 'sampleAvailable', filters: { filename } });
	expect(JSON.stringify(await poller.test())).toContain(becameOf.get(name));
});
