import { createHash, randomBytes, randomInt } from 'node:crypto';

import { seededFaults, startOneCodex } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';

/** `SOAK_UPLOADS=500 SOAK_SEED=7 npm run test:engine -- soak` for a long one. */
const UPLOADS = Number(process.env.SOAK_UPLOADS ?? 60);
const SEED = Number(process.env.SOAK_SEED ?? randomInt(2 ** 31));
const CHANCE = 0.1;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it(`${UPLOADS} uploads come through where every tenth request meets a fault`, async () => {
	const oneCodex = closedAfterTest(
		await startOneCodex({ faults: seededFaults({ seed: SEED, chance: CHANCE }) }),
	);
	const digests = new Map<string, string>();
	const items = [];
	for (let index = 0; index < UPLOADS; index++) {
		const bytes = randomBytes(index % 20 ? randomInt(1, 300_000) : 5_000_000);
		digests.set(`${index}.bin`, sha256(bytes));
		items.push({ json: {}, binary: { data: await storedBinary(bytes, `${index}.bin`) } });
	}

	const start = performance.now();
	const result = await run({
		credentials: oneCodex,
		items,
		steps: [{ operation: 'uploadDocument', options: { maxConcurrency: 10, idleTimeout: 2 } }],
		onError: 'continueRegularOutput',
	});
	const seconds = (performance.now() - start) / 1_000;

	const { documents, requests } = oneCodex;
	const confirmed = documents.filter(({ state }) => state === 'confirmed');
	const faults: Record<string, number> = {};
	for (const { fault } of requests) if (fault) faults[fault] = (faults[fault] ?? 0) + 1;
	console.log(
		[
			`soak, seed ${SEED}: ${UPLOADS} uploads in ${seconds.toFixed(0)} s, ${requests.length} requests,`,
			`${confirmed.length} confirmed, ${documents.length - confirmed.length} begun in vain;`,
			`faults: ${JSON.stringify(faults)}`,
		].join(' '),
	);

	const outputs = result.outputs()[0].map(({ json }) => json);
	expect(outputs.filter(({ error }) => error)).toEqual([]);
	expect(outputs.map(({ filename }) => filename)).toEqual([...digests.keys()]);
	expect(confirmed).toHaveLength(UPLOADS);
	for (const { document_id, filename } of outputs) {
		const { object, state } = oneCodex.document(String(document_id));
		expect([filename, state, object?.sha256]).toEqual([
			filename,
			'confirmed',
			digests.get(String(filename)),
		]);
	}
	expect(new Set(confirmed.map(({ filename }) => filename)).size).toBe(UPLOADS);

	const key = new RegExp(
		`${oneCodex.apiKey}|${Buffer.from(`${oneCodex.apiKey}:`).toString('base64')}`,
	);
	for (const { side, rawHeaders, fields, path } of requests) {
		if (side === 'storage') expect(JSON.stringify([rawHeaders, fields, path])).not.toMatch(key);
	}
}, 900_000);
