import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';
import { startFront, type Interception } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex({ maxFileSize: 5, requestsPerSecond: 1_000 });
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

/** A gateway that has lost its service for a while, and says of everything that there is no such thing. */
async function behindGateway(intercept: Interception) {
	const { baseUrl } = closedAfterTest(await startFront(oneCodex.baseUrl, intercept));
	return { apiKey: oneCodex.apiKey, baseUrl };
}

const NO_BACKEND = 'default backend - 404';

it("a gateway's 404 after a lost answer is no word on what was to be deleted", async () => {
	const { id } = oneCodex.seed({ filename: 'a.txt', size: 1 });
	const statuses = [503, 404];
	const credentials = await behindGateway(({ method }, response) => {
		if (method !== 'DELETE') return false;
		const status = statuses.shift() ?? 404;
		response.writeHead(status, { 'Content-Type': 'text/plain', 'Retry-After': '0' });
		response.end(NO_BACKEND);
		return true;
	});
	const { error } = await run({
		credentials,
		items: [{ json: {} }],
		steps: [{ operation: 'delete', documentId: { __rl: true, mode: 'id', value: id } }],
	});
	expect(error?.message).toMatch(/^Something else than expected answered/);
	expect(oneCodex.documents[0].state).toBe('confirmed');
});

it("n8n's Retry button uploads nothing again because a gateway answers 404", async () => {
	let isAway = false;
	const credentials = await behindGateway(({ method }, response) => {
		if (!isAway || method !== 'GET') return false;
		response.writeHead(404, { 'Content-Type': 'text/plain' }).end(NO_BACKEND);
		return true;
	});
	const items = await Promise.all(
		['a.txt', 'large.txt'].map(async (name) => ({
			json: {},
			binary: { data: await storedBinary(Buffer.from(name), name) },
		})),
	);
	const steps = [{ operation: 'uploadDocument', options: { maxConcurrency: 1 } }];
	const first = await run({ credentials, items, steps });
	expect(first.error?.message).toMatch(/EntityTooLarge/);

	isAway = true;
	const again = await run({ credentials, items, steps, retryOf: first });
	expect(again.error?.message).toMatch(/^Something else than expected answered/);
	expect(oneCodex.documents.filter(({ filename }) => filename === 'a.txt')).toHaveLength(1);
});

it.each([
	['on its results', '/results', 'an analysis'],
	['on the analysis, whose ID could be that of a sample', '/analyses/', 'a sample'],
])("a gateway's 404 %s does not say what is there", async (_, path, of) => {
	const sampleId = oneCodex.seedSample({ filename: 'a.fastq' }).id;
	const analysis = oneCodex.seedAnalysis({ sampleId });
	const credentials = await behindGateway(({ url }, response) => {
		if (!url?.includes(path)) return false;
		response.writeHead(404, { 'Content-Type': 'text/plain' }).end(NO_BACKEND);
		return true;
	});
	const value = of === 'a sample' ? sampleId : analysis.id;
	const analysisId = { __rl: true, mode: 'id', value };
	const steps = [{ resource: 'analysis', operation: 'getResults', analysisId }];
	const { error } = await run({ credentials, items: [{ json: {} }], steps });
	expect(error?.message).toMatch(/^Something else than expected answered/);
	expect(oneCodex.requests.filter((request) => request.path.includes('/samples/'))).toEqual([]);
});
