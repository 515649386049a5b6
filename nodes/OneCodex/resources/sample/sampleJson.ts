import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import type { SampleAnswer } from '../../types';

/** A sample as One Codex gives it, with its ID in front, as the other operations name it. */
export function sampleJson(sample: SampleAnswer): IDataObject {
	return { sample_id: idOfReference(sample), ...sample };
}

/** The same with plain values only, each ID in place of what names it. */
export function simpleSampleJson(sample: SampleAnswer): IDataObject {
	const { filename = null, size = null, status = null, error_msg = null } = sample;
	const { visibility, created_at, project, metadata, primary_classification } = sample;
	return {
		sample_id: idOfReference(sample),
		filename,
		size,
		status,
		error_msg,
		visibility,
		created_at,
		project_id: idOfReference(project),
		metadata_id: idOfReference(metadata),
		classification_id: idOfReference(primary_classification),
	};
}
