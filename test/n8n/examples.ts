import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './installation';
import type { Workflow } from './workflow';

export const examplesFolder = join(root, 'examples');
export const exampleFile = join(examplesFolder, 'report.pdf');

/** An example workflow, reading the example file where the example says `/path/to/report.pdf`. */
export function exampleWorkflow(name: 'upload-document' | 'init-upload-confirm'): Workflow {
	const workflow = JSON.parse(
		readFileSync(join(examplesFolder, `${name}.json`), 'utf8'),
	) as Workflow;
	for (const { parameters } of workflow.nodes) {
		if (parameters.fileSelector === '/path/to/report.pdf') parameters.fileSelector = exampleFile;
	}
	return workflow;
}
