import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { fastq, itemOf } from './samples/reads';

const ITEMS = 200;

const SAMPLES = 100;

/** Requests of One Codex in a second, for one key. */
const RATE = 10;

const apiCalls = ({ requests }: OneCodexStandIn) => requests.filter(({ side }) => side === 'api');

/** Runs and prints what it took, against what the limit allows at best. */
async function measured(
	oneCodex: OneCodexStandIn,
	name: string,
	items: INodeExecutionData[],
	step: INodeParameters,
): Promise<INodeExecutionData[]> {
	const before = apiCalls(oneCodex).length;
	const start = performance.now();
	const { apiKey, baseUrl, storageUrl: s3Endpoint } = oneCodex;
	const credentials = { apiKey, baseUrl, ...(step.resource === 'sample' && { s3Endpoint }) };
	const result = await run({ credentials, items, steps: [step] });
	const seconds = (performance.now() - start) / 1_000;

	const calls = apiCalls(oneCodex).slice(before);
	const refused = calls.filter(({ status }) => status === 429).length;
	const limit = (calls.length - refused) / RATE;
	console.log(
		`${name}: ${items.length} items, ${calls.length} API calls in ${seconds.toFixed(1)} s, ` +
			`${(seconds / limit).toFixed(3)} of the limit's ${limit} s, ` +
			`${((100 * refused) / calls.length).toFixed(1)} % refused (429)`,
	);
	expect(result.error).toBeUndefined();
	expect(result.outputs()[0]).toHaveLength(items.length);
	return result.outputs()[0];
}

it('all items succeed at the limit, in each operation that One Codex counts', async () => {
	const data = await storedBinary(Buffer.from('a small file'), 'small.txt');
	const items = Array.from({ length: ITEMS }, () => ({ json: {}, binary: { data } }));

	const inOneStep = async (oneCodex: OneCodexStandIn) => {
		await measured(oneCodex, 'Upload Document', items, {
			operation: 'uploadDocument',
			options: { maxConcurrency: 10 },
		});
	};
	const inThreeSteps = async (oneCodex: OneCodexStandIn) => {
		const begun = await measured(oneCodex, 'Init Upload', items, { operation: 'initUpload' });
		const sent = await run({
			credentials: oneCodex,
			items: begun,
			steps: [{ operation: 'uploadFile' }],
		});
		await measured(oneCodex, 'Confirm Upload', sent.outputs()[0], { operation: 'confirmUpload' });
	};
	const asDocuments = (upload: typeof inOneStep) => async (oneCodex: OneCodexStandIn) => {
		await upload(oneCodex);
		expect(oneCodex.documents).toHaveLength(ITEMS);
		for (const { state, confirmations } of oneCodex.documents) {
			expect([state, confirmations]).toEqual(['confirmed', 1]);
		}
	};
	const asSamples = async (oneCodex: OneCodexStandIn) => {
		const reads = await Promise.all(
			Array.from({ length: SAMPLES }, async (_, at) => await itemOf({ [`${at}.fastq`]: fastq() })),
		);
		await measured(oneCodex, 'Upload of samples', reads, {
			resource: 'sample',
			operation: 'upload',
			options: { maxConcurrency: 10 },
		});
		// Init and callback of each: the limit's 20 s are the floor.
		expect(apiCalls(oneCodex).filter(({ status }) => status !== 429)).toHaveLength(2 * SAMPLES);
		expect(oneCodex.samples.map(({ confirmations }) => confirmations)).toEqual(
			Array(SAMPLES).fill(1),
		);
	};
	// Each has a key of its own, so that none waits for the other.
	await Promise.all(
		[asDocuments(inOneStep), asDocuments(inThreeSteps), asSamples].map(async (upload) => {
			await upload(closedAfterTest(await startOneCodex()));
		}),
	);
}, 240_000);

it('all items succeed while another client uses half of the rate', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const other = setInterval(() => {
		const headers = { authorization: `Basic ${btoa(`${oneCodex.apiKey}:`)}` };
		void fetch(`${oneCodex.baseUrl}/api/v1/account`, { headers }).catch(() => undefined);
	}, 200);
	try {
		const items = Array.from({ length: 60 }, () => ({ json: {} }));
		await measured(oneCodex, 'Init Upload beside another client', items, {
			operation: 'initUpload',
			source: 'define',
			fileName: 'a.bin',
			size: 1,
		});
	} finally {
		clearInterval(other);
	}
}, 120_000);
