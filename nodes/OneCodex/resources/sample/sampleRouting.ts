import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { projectId, sampleId } from '../../api/ids';
import { projectPath, samplePath } from '../../api/paths';
import { receiveAnswer } from '../../api/routing';
import { isLeftOut } from '../../errors/given';
import { isObject } from '../../types';
import { metadataOf } from './metadata';
import { sampleJson } from './sampleJson';
import { tagsOf } from './tags';

/** The sample that an item's parameter names: its path in the API, and its ID for errors. */
export function namedSample(this: IExecuteSingleFunctions) {
	const sample_id = sampleId(this.getNodeParameter('sampleId') as unknown);
	return { path: samplePath(sample_id), details: { sample_id } };
}

/** Gives out the sample that One Codex answered. */
export const receiveSample = receiveAnswer((answer) => ({
	json: sampleJson(sampleAnswer(answer)),
}));

interface Parameters {
	projectId: unknown;
	tags: unknown;
	metadata: unknown;
	timezone: string;
}

/**
 * What a new sample gets besides its data, as One Codex takes it; what is not given is left out.
 *
 * @throws OneCodexError (input) that names the field
 */
export function newSample({
	projectId: project,
	tags,
	metadata,
	timezone,
}: Parameters): IDataObject {
	const names = tagsOf(tags, 'Tags');
	const record = metadataOf(metadata, timezone);
	return {
		...(isNamed(project) && { project: { $ref: projectPath(projectId(project)) } }),
		...(names.length && { tags: names.map((name) => ({ name })) }),
		...(Object.keys(record).length && { metadata: record }),
	};
}

/** Whether a picker that need not be filled in was. */
export function isNamed(parameter: unknown): boolean {
	if (!(isObject(parameter) && '__rl' in parameter)) return !isLeftOut(parameter);
	// Of an expression that gives nothing somebody expected an ID.
	return parameter.value === undefined || !isLeftOut(parameter.value);
}
