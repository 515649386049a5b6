/** What people have saved with released versions of the node, and what these versions were. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

import type { Workflow } from '../n8n/workflow';

const read = (...path: string[]) =>
	JSON.parse(readFileSync(join(__dirname, ...path), 'utf8')) as unknown;

/** The node and the credential of a version, as n8n got them: of the commit that set the version. */
export const released = (version: string) =>
	read(version, 'description.json') as {
		node: INodeTypeDescription;
		credential: Pick<ICredentialType, 'name' | 'displayName' | 'properties'>;
	};

/** The version's own examples, by the name of their file. */
export const EXAMPLES = ['example-init-upload-confirm', 'example-upload-document'];

const workflowsIn = (...folder: string[]): Record<string, Workflow> =>
	Object.fromEntries(
		readdirSync(join(__dirname, ...folder)).map((file) => [
			file.replace('.json', ''),
			read(...folder, file) as Workflow,
		]),
	);

/** Workflows that were saved with a version, by the name of their file. */
export const savedWith = (version: string) => workflowsIn(version, 'workflows');

/** Examples that people could import from the repository while the version was the newest. */
export const examplesAfter = (version: string) => workflowsIn(version, 'examples');
