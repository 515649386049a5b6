import { randomBytes, randomInt } from 'node:crypto';

import { seededFaults, startOneCodex } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run } from '../engine';
import { fastq, filesOf, itemOf, sha256 } from './reads';

/** `SOAK_PAIRS=500 SOAK_SEED=7 npm run test:engine -- samples/soak` for a long one. */
const PAIRS = Number(process.env.SOAK_PAIRS ?? 60);
const SEED = Number(process.env.SOAK_SEED ?? randomInt(2 ** 31));
const CHANCE = 0.1;

/** More than one part, for every twentieth pair. */
const LARGE = 17 * 2 ** 20;

/** Reads by their first byte; of large ones the rest need not be letters. */
const reads = (size: number): Buffer =>
	size < LARGE ? fastq(size) : Buffer.concat([Buffer.from('@'), randomBytes(size)]);

it(`${PAIRS} pairs become ${PAIRS} samples where every tenth request meets a fault`, async () => {
	const oneCodex = closedAfterTest(
		await startOneCodex({ faults: seededFaults({ seed: SEED, chance: CHANCE }) }),
	);
	const expected = new Map<string, Record<string, string>>();
	const items = [];
	for (let index = 0; index < PAIRS; index++) {
		const size = index % 20 ? randomInt(1, 300_000) : LARGE;
		const pair = { [`${index}_R1.fastq`]: reads(size), [`${index}_R2.fastq`]: reads(size) };
		expected.set(
			`${index}_R1.fastq`,
			Object.fromEntries(Object.entries(pair).map(([name, bytes]) => [name, sha256(bytes)])),
		);
		// On two items, as an SFTP list gives them.
		for (const [name, bytes] of Object.entries(pair)) items.push(await itemOf({ [name]: bytes }));
	}

	const start = performance.now();
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const options = { maxConcurrency: 10, idleTimeout: 2 };
	const result = await run({
		credentials: { apiKey, baseUrl, s3Endpoint },
		items,
		steps: [{ resource: 'sample', operation: 'upload', options }],
		onError: 'continueRegularOutput',
	});
	const seconds = (performance.now() - start) / 1_000;

	const { samples, requests } = oneCodex;
	const faults: Record<string, number> = {};
	for (const { fault } of requests) if (fault) faults[fault] = (faults[fault] ?? 0) + 1;
	console.log(
		[
			`soak of samples, seed ${SEED}: ${PAIRS} pairs in ${seconds.toFixed(0)} s,`,
			`${requests.length} requests, ${samples.length} samples; faults: ${JSON.stringify(faults)}`,
			result.hints().join(' '),
		].join(' '),
	);

	const outputs = result.outputs()[0].map(({ json }) => json);
	expect(outputs.filter(({ error }) => error)).toEqual([]);
	expect(outputs.map(({ filename }) => filename)).toEqual([...expected.keys()]);
	for (const { sample_id, filename } of outputs) {
		const sample = oneCodex.sample(String(sample_id));
		expect([sample.status, filesOf(sample)]).toEqual(['available', expected.get(String(filename))]);
	}
	// Nothing but these: none twice, and none that waits for data for ever.
	const known = new Set(outputs.map(({ sample_id }) => sample_id));
	const others = samples.filter(({ id }) => !known.has(id));
	expect(others.map(({ filename, status }) => [filename, status])).toEqual([]);
	expect(known.size).toBe(PAIRS);
	expect(result.hints()).toEqual([]);

	const key = new RegExp(`${apiKey}|${Buffer.from(`${apiKey}:`).toString('base64')}`);
	for (const { side, rawHeaders, fields, path } of requests) {
		if (side === 'storage') expect(JSON.stringify([rawHeaders, fields, path])).not.toMatch(key);
	}
}, 900_000);
