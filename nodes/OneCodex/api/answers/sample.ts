import type { SampleAnswer, SampleUploadAnswer } from '../../types';
import { isReferenceTo, isText, objectOf, unexpected } from './shape';
import { lentUpload } from './upload';

/** @throws OneCodexError (service) when the answer is not a sample as the API describes it */
export function sampleAnswer(answer: unknown): SampleAnswer {
	const sample = objectOf(answer);
	const {
		$uri,
		created_at,
		visibility,
		metadata,
		primary_classification = null,
		project = null,
		tags = null,
	} = sample;
	if (
		typeof $uri !== 'string' ||
		!/\/samples\/\w{16}$/.test($uri) ||
		typeof created_at !== 'string' ||
		typeof visibility !== 'string' ||
		!isReferenceTo('metadata', metadata) ||
		!(
			primary_classification === null || isReferenceTo('classifications', primary_classification)
		) ||
		!(project === null || isReferenceTo('projects', project)) ||
		!(tags === null || (Array.isArray(tags) && tags.every((tag) => isReferenceTo('tags', tag))))
	) {
		throw unexpected('for a sample', '$uri, created_at, visibility, metadata and the like');
	}
	return sample as SampleAnswer;
}

/**
 * What One Codex lends for the upload of a sample: as for a document, and for each file its key.
 *
 * @throws OneCodexError (service) when the answer has not the shape that the API documents
 */
export function sampleUploadAnswer(answer: unknown): SampleUploadAnswer {
	const { sample_id, paired_end_file_id = null } = objectOf(answer);
	const lent = lentUpload(answer);
	if (!isText(sample_id) || !/^\w{16}$/.test(sample_id)) {
		throw unexpected('init_multipart_upload', 'sample_id');
	}
	if (!(paired_end_file_id === null || isText(paired_end_file_id))) {
		throw unexpected('init_multipart_upload', 'paired_end_file_id');
	}
	return { ...lent, sample_id, paired_end_file_id };
}
