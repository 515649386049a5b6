import type { StandInImport } from '../../imports';
import type { StandInState } from '../../state';
import type { JsonObject } from '../body';
import { ApiError } from '../errors';
import { visibleSample, ownSample } from '../rights';
import type { Route } from '../router';
import { announcedSample } from './creation';

/** @throws ApiError 400 */
function checkReads({ paired_end_filename: paired = null, interleaved }: JsonObject): void {
	if (paired === null || interleaved !== true) return;
	throw new ApiError(400, 'interleaved: of one file, which has no paired_end_filename.');
}

/** The upload whose R1 is at that place. @throws ApiError 400 */
function importAt({ bucket, imports }: StandInState, path: unknown): StandInImport {
	const place = `s3://${bucket}/`;
	const key = typeof path === 'string' && path.startsWith(place) ? path.slice(place.length) : '';
	const found = imports.withKey(key);
	if (!found?.sampleId) throw new ApiError(400, 's3_path: no upload of a sample is there.');
	if (found.key !== key)
		throw new ApiError(400, 's3_path: the file of the first reads is required.');
	return found;
}

/** @throws ApiError 400 unless every file is there, with at least a byte. */
function checkFiles({ pairedKey, object, pairedObject }: StandInImport): void {
	const files = pairedKey === undefined ? [object] : [object, pairedObject];
	if (files.some((file) => !file)) throw new ApiError(400, 'The file has not been uploaded.');
	if (files.some((file) => file?.size === 0)) throw new ApiError(400, 'The file is empty.');
}

/** The files become the sample's, and its walk begins. @throws ApiError 400, 409 */
function importSample(state: StandInState, json: JsonObject): string {
	const imported = importAt(state, json.s3_path);
	imported.callbacks += 1;
	const sample = state.library.samples.find(({ id }) => id === imported.sampleId);
	if (!sample) throw new ApiError(400, 'The upload was cancelled.');
	sample.confirmations += 1;
	if (imported.isDone || sample.status !== 'awaiting_data') {
		throw new ApiError(409, 'The upload has been imported already.');
	}
	if (json.filename !== sample.filename) {
		throw new ApiError(400, `filename: ${sample.filename} is required.`);
	}
	checkFiles(imported);
	const files = state.imports.take(imported);
	sample.files.push(...files);
	sample.size = files.reduce((sum, { size }) => sum + size, 0);
	state.imports.cancel(sample.id);
	sample.arrive(state.stepsOf(sample));
	return sample.id;
}

export const sampleUploadRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/samples/init_multipart_upload',
		handle: ({ state, json }) => {
			const body = json();
			checkReads(body);
			const sample = announcedSample(state, body);
			const { filename, paired_end_filename: paired, interleaved } = body;
			Object.assign(sample, {
				filename,
				pairedEndFilename: paired ?? null,
				interleaved: interleaved ?? false,
			});
			const isPaired = sample.pairedEndFilename !== null;
			const { key, pairedKey, keys } = state.imports.add({ sampleId: sample.id, isPaired });
			return {
				status: 200,
				body: {
					// As recorded, and not under /api/v1: what was uploaded says which sample it is for.
					callback_url: '/api/import_file_from_s3',
					file_id: key,
					paired_end_file_id: pairedKey ?? null,
					s3_bucket: state.bucket,
					sample_id: sample.id,
					upload_aws_access_key_id: keys.accessKeyId,
					upload_aws_secret_access_key: keys.secretAccessKey,
				},
			};
		},
	},
	{
		method: 'POST',
		path: '/api/import_file_from_s3',
		handle: ({ state, json }) => ({
			status: 200,
			body: { sample_id: importSample(state, json()), message: 'Upload imported.' },
		}),
	},
	{
		method: 'POST',
		path: '/api/v1/samples/cancel_upload',
		handle: ({ state, json }) => {
			const id = json().sample_id as string;
			visibleSample(state, id);
			const sample = ownSample(state, id);
			// The vendor's client looks for these words in an error.
			if (sample.status !== 'awaiting_data') throw new ApiError(409, 'Upload already successful');
			state.imports.cancel(sample.id);
			state.library.removeSample(sample);
			return { status: 200, body: { success: true, message: 'Upload cancelled' } };
		},
	},
];
