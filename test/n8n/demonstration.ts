import { basename } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { exampleFile, exampleReads, exampleWorkflow, filledIn } from './examples';
import type { RestClient } from './rest';
import { assertSucceeded, outputOf } from './run';
import type { Demo, Service } from './service';
import { until } from './until';
import { often, type Workflow } from './workflow';

const MANUALLY = 'When clicking Execute workflow';

/** Does something under a title. */
type Step = <T>(title: string, action: () => Promise<T>) => Promise<T>;

/** The example workflows that `npm start` has, filled in for the service. */
export function demonstrated({ demo }: Service): Workflow[] {
	const reads = exampleWorkflow('reads-to-results');
	const project = demo && {
		projectId: {
			__rl: true,
			mode: 'list',
			value: demo.project.id,
			cachedResultName: demo.project.name,
		},
	};
	return [
		exampleWorkflow('upload-document'),
		exampleWorkflow('init-upload-confirm'),
		project ? filledIn(reads, { 'Upload samples': project }) : reads,
		filledIn(exampleWorkflow('start-when-ready'), {
			'When results are ready': { pollTimes: often(5) },
		}),
	];
}

/**
 * Runs them in n8n, those about samples where there is a stand-in: they would cost an account money.
 *
 * @param say gets a line for each thing that came out
 * @returns whether all is as it should be
 * @throws Error where a workflow fails
 */
export async function demonstrate(
	client: RestClient,
	service: Service,
	step: Step,
	say: (line: string) => void,
): Promise<boolean> {
	const [documents, , reads, ready] = demonstrated(service);
	const { demo } = service;
	if (demo) {
		await step(`Activating "${ready.name}"`, async () => {
			await client.activate(ready.id);
			await until('the trigger looks for the first time', () => demo.polls() > 0);
		});
	}
	const isDocumentRight = await uploadDocument(client, documents, service, step, say);
	if (!demo) return isDocumentRight;
	const { isRight, analysisId } = await uploadReads(client, reads, demo, step, say);
	await waitForTrigger(client, ready, analysisId, step, say);
	return isDocumentRight && isRight;
}

async function uploadDocument(
	client: RestClient,
	{ id, name }: Workflow,
	service: Service,
	step: Step,
	say: (line: string) => void,
): Promise<boolean> {
	const run = await step(`Running "${name}"`, async () => await client.run(id, MANUALLY));
	assertSucceeded(run);
	const [{ json }] = outputOf(run, 'Upload a document');
	const documentId = String(json.document_id);
	const { isEqual, finding } = await service.compare(documentId, exampleFile);
	say(`Document ${documentId}: ${String(json.filename)}, ${String(json.size)} bytes, ${finding}`);
	return isEqual;
}

async function uploadReads(
	client: RestClient,
	{ id, name }: Workflow,
	{ project, compareReads }: Demo,
	step: Step,
	say: (line: string) => void,
): Promise<{ isRight: boolean; analysisId: string }> {
	const run = await step(`Running "${name}"`, async () => await client.run(id, MANUALLY));
	assertSucceeded(run);
	const [uploaded, waited, rows] = ['Upload samples', 'Wait for samples', 'Get the results'].map(
		(node) => outputOf(run, node).map(({ json }) => json),
	);
	const sampleId = String(uploaded[0].sample_id);
	const { isEqual, finding } = await compareReads(sampleId, exampleReads);
	const files = exampleReads.map((file) => basename(file)).join(' and ');
	say(`Sample ${sampleId}: ${files} in the project "${project.name}", ${finding}`);
	const [{ status, classification_id }] = waited;
	const analysisId = String(classification_id);
	say(`Wait: ${String(status)}, with the classification ${analysisId}`);
	say(`Results: ${described(rows)}`);
	return { isRight: isEqual && status === 'available' && rows.length > 0, analysisId };
}

/** It starts for the classification, however many others it started for before. */
async function waitForTrigger(
	client: RestClient,
	{ id, name }: Workflow,
	analysisId: string,
	step: Step,
	say: (line: string) => void,
): Promise<void> {
	let rows: IDataObject[] = [];
	await step(`Waiting for "${name}" to start by itself`, async () => {
		await until(`the trigger starts for ${analysisId}`, async () => {
			for (const execution of await client.ended(id)) {
				const run = await client.result(execution.id);
				assertSucceeded(run);
				const items = outputOf(run, 'When results are ready');
				if (!items.some(({ json }) => json.analysis_id === analysisId)) continue;
				rows = outputOf(run, 'Get the results')
					.map(({ json }) => json)
					.filter(({ analysis_id }) => analysis_id === analysisId);
				return true;
			}
			return false;
		});
	});
	say(`Trigger: started for the analysis ${analysisId}; ${described(rows)}`);
}

function described(rows: IDataObject[]): string {
	const [{ name, readcount_w_children: reads } = {} as IDataObject] = rows;
	return `${rows.length} species, most of all ${String(name)} with ${String(reads)} reads`;
}
