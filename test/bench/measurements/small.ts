import { startOneCodex } from '../../onecodex';
import { chain, manualTrigger, oneCodex, readFiles, workflow } from '../../n8n/workflow';
import { timeLimit, type Bench } from '../bench';
import { smallFiles } from '../inputs';
import { percent, ratio, seconds, type Section } from '../report';

const REQUESTS_PER_SECOND = 10;
/** Init and confirm. */
const REQUESTS_PER_FILE = 2;
const ID = 'small-files';

/** Many small files through this package in n8n, against the stand-in with One Codex's rate limit. */
export async function measureSmall({ n8n, options, inputs, say }: Bench): Promise<Section> {
	// Its time is that of the rate limit, the same each time.
	const { files } = options;
	const repeats = 1;
	const oneCodexService = await startOneCodex({ requestsPerSecond: REQUESTS_PER_SECOND });
	const runs: Array<{ service: number; execution: number; refused: number; confirmed: number }> =
		[];
	try {
		const glob = await smallFiles(inputs, 'small', files);
		const { storageUrl: s3Endpoint, baseUrl, apiKey } = oneCodexService;
		await n8n.useAccount({ apiKey, baseUrl, s3Endpoint });
		await n8n.importWorkflows(
			workflow(
				ID,
				chain(manualTrigger(), readFiles('Read', glob), oneCodex('Upload', 'uploadDocument')),
			),
		);
		for (let repeat = 0; repeat < repeats; repeat++) {
			oneCodexService.reset();
			const { run } = await n8n.execute(ID, timeLimit(0) + files * 1_000);
			const calls = oneCodexService.requests.filter(({ side }) => side === 'api');
			const times = calls.map(({ at }) => at);
			runs.push({
				service: Math.max(...times) - Math.min(...times),
				execution: run.data.resultData.runData.Upload[0].executionTime,
				refused: calls.filter(({ status }) => status === 429).length / calls.length,
				confirmed: oneCodexService.documents.filter(({ state }) => state === 'confirmed').length,
			});
			say(`${files} files: ${seconds(runs[repeat].execution)} s in the node`);
		}
	} finally {
		await oneCodexService.close();
	}

	const limit = ((files * REQUESTS_PER_FILE) / REQUESTS_PER_SECOND) * 1_000;
	const [middle] = [...runs]
		.sort((one, other) => one.execution - other.execution)
		.slice(Math.floor((runs.length - 1) / 2));
	return {
		title: 'Many small files under the rate limit',
		text: `${files} files of 1 KB in one execution, each init, form and confirm, against the stand-in that enforces One Codex's ${REQUESTS_PER_SECOND} requests a second. No client can be faster than ${seconds(limit)} s, less the first second's worth.`,
		tables: [
			{
				title: `${files} files of 1 KB`,
				columns: [
					'Confirmed',
					'Limit, s',
					'In the node, s',
					'By the limit',
					'First to last request, s',
					'Refused (429)',
				],
				rows: [
					[
						String(middle.confirmed),
						seconds(limit),
						seconds(middle.execution),
						ratio(middle.execution / limit),
						seconds(middle.service),
						percent(middle.refused),
					],
				],
			},
		],
		aims: [],
	};
}
