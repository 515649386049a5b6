import type { Sample } from '../samples/sample';
import type { StandInAnalysis, StandInJob, StandInProject, StandInTag } from '../samples/types';
import type { StandInState } from '../state';
import { refOrNull, refTo, uriOf } from './links';
import { ownRights } from './rights';

/** The resources as the API shows them: `components/schemas` of its description. */

/** The older of its two words for a state: of files that are not there yet it tells nothing else. */
export function visibilityOf({ status, sharing }: Sample): string {
	if (status === 'awaiting_data') return 'awaiting data';
	return status === 'importing' || status === 'validating' ? 'importing' : sharing;
}

export const sampleResource = (sample: Sample) => ({
	$uri: uriOf('samples', sample.id),
	created_at: sample.createdAt,
	updated_at: sample.updatedAt,
	filename: sample.filename,
	size: sample.size,
	status: sample.status,
	visibility: visibilityOf(sample),
	error_msg: sample.errorMsg,
	metadata: refTo('metadata', sample.metadataId),
	owner: refTo('users', sample.ownerId),
	primary_classification: refOrNull('classifications', sample.classificationId),
	project: refOrNull('projects', sample.projectId),
	tags: sample.tagIds.map((id) => refTo('tags', id)),
});

const NO_METADATA = {
	name: null,
	description: null,
	external_sample_id: null,
	date_collected: null,
	date_sequenced: null,
	library_type: null,
	sample_type: null,
	platform: null,
	location_lat: null,
	location_lon: null,
	location_string: null,
	starred: false,
	custom: {},
};

export const metadataResource = (sample: Sample) => ({
	$uri: uriOf('metadata', sample.metadataId),
	...NO_METADATA,
	...sample.metadata,
	sample: refTo('samples', sample.id),
	updated_at: sample.metadataUpdatedAt,
});

export const tagResource = ({ id, name }: StandInTag) => ({ $uri: uriOf('tags', id), name });

export const projectResource = (state: StandInState, project: StandInProject) => ({
	$uri: uriOf('projects', project.id),
	name: project.name,
	project_name: project.projectName,
	description: project.description,
	external_id: project.externalId,
	owner: refTo('users', project.ownerId),
	permissions: ownRights(state, project),
	public: project.public,
});

export const jobResource = (job: StandInJob) => ({
	$uri: uriOf('jobs', job.id),
	name: job.name,
	analysis_type: job.type,
	public: job.public,
	created_at: job.createdAt,
	job_args_schema: job.argumentsSchema,
});

const runResource = (analysis: StandInAnalysis) => ({
	created_at: analysis.createdAt,
	updated_at: analysis.updatedAt,
	complete: analysis.complete,
	success: analysis.success,
	error_msg: analysis.errorMsg,
	job: refTo('jobs', analysis.jobId),
	job_args: analysis.jobArgs,
	sample: refTo('samples', analysis.sampleId),
	cost: null,
	dependencies: [],
	draft: false,
});

/** A run of any type. */
export const analysisResource = (analysis: StandInAnalysis) => ({
	$uri: uriOf('analyses', analysis.id),
	analysis_type: analysis.type,
	...runResource(analysis),
});

/** The same run among those of its type. */
export const typedResource = (collection: string, analysis: StandInAnalysis) => ({
	$uri: uriOf(collection, analysis.id),
	...runResource(analysis),
	...(collection === 'classifications' && { results_uri: null }),
});
