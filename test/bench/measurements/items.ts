import type { INode } from 'n8n-workflow';

import { chain, manualTrigger, oneCodex, readFiles, workflow } from '../../n8n/workflow';
import { timeLimit, type Bench } from '../bench';
import { smallFiles } from '../inputs';
import { interleaved, median } from '../measure';
import { formUpload } from '../peers/n8nHttpRequest';
import type { Initiated } from '../peers/programs';
import type { Section } from '../report';
import { startSink, type Account } from '../sinkProcess';

/** The files have less. */
const MOST_BYTES = 1_000_000;

async function initUpload({ apiKey, baseUrl }: Account): Promise<Initiated> {
	const answer = await fetch(`${baseUrl}/api/v1/documents/init_upload`, {
		method: 'POST',
		headers: { authorization: `Basic ${btoa(`${apiKey}:`)}`, 'content-type': 'application/json' },
		body: JSON.stringify({ filename: 'item.txt', size: MOST_BYTES }),
	});
	if (!answer.ok) throw new Error(`init_upload answered ${answer.status}`);
	return (await answer.json()) as Initiated;
}

const milliseconds = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : '–');

/** What each item costs, where nothing has to be waited for. */
export async function measureItems({ n8n, options, inputs, say }: Bench): Promise<Section> {
	const { items, repeats } = options;
	const sink = await startSink();
	try {
		await n8n.useAccount(sink.account);
		const glob = await smallFiles(inputs, 'items', items);
		const { upload_url, additional_fields, document_id } = await initUpload(sink.account);
		const uploads: Array<{ id: string; name: string; node?: INode }> = [
			{ id: 'items-none', name: 'without an upload' },
			{
				id: 'items-http',
				name: 'n8n HTTP Request',
				node: formUpload('Upload', upload_url, (field) => String(additional_fields[field])),
			},
			{
				id: 'items-ours',
				name: 'One Codex node, Upload File',
				node: oneCodex('Upload', 'uploadFile', {
					uploadUrl: upload_url,
					uploadFields: JSON.stringify(additional_fields),
					documentId: document_id,
					fileName: '',
				}),
			},
		];
		await n8n.importWorkflows(
			...uploads.map(({ id, node }) =>
				workflow(id, chain(manualTrigger(), readFiles('Read', glob), ...(node ? [node] : []))),
			),
		);

		const rows = uploads.map((upload) => ({
			...upload,
			executions: [] as number[],
			inNode: [] as number[],
		}));
		await interleaved(rows, repeats, async (row) => {
			await sink.take();
			const { run } = await n8n.execute(row.id, timeLimit(0));
			const { bodies } = await sink.take();
			const stored = bodies.filter(({ status }) => status === 201).length;
			if (row.node && stored !== items) throw new Error(`${row.name}: ${stored} items of ${items}`);
			row.executions.push(Number(new Date(run.stoppedAt ?? 0)) - Number(new Date(run.startedAt)));
			row.inNode.push(run.data.resultData.runData.Upload?.[0].executionTime ?? 0);
			say(`${items} items, ${row.name}: ${row.executions.at(-1)} ms`);
		});

		const base = median(rows[0].executions);
		const cost = (executions: number[]) => (median(executions) - base) / items;
		const ours = cost(rows[2].executions);
		return {
			title: 'The cost of an item',
			text: `${items} items in one execution, each a file of 1 KB sent with Upload File, which makes no request to the API and so has no pace to keep. The service answers at once. The time of the execution, less the same workflow's without the upload, by the number of items; so with the HTTP request of each, its client and its server on one machine.`,
			tables: [
				{
					title: `${items} items`,
					columns: [
						'Workflow',
						'Execution, ms',
						'Per item, ms',
						"Per item, by n8n's own clock, ms",
					],
					rows: rows.map(({ name, node, executions, inNode }) => [
						name,
						median(executions).toFixed(0),
						milliseconds(node ? cost(executions) : NaN),
						milliseconds(node ? median(inNode) / items : NaN),
					]),
				},
			],
			aims: [
				{
					what: 'Cost of an item',
					aim: '< 5 ms',
					result: `${milliseconds(ours)} ms`,
					isMet: ours < 5,
				},
			],
		};
	} finally {
		await sink.stop();
	}
}
