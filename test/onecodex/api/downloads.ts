import { presignedUrl } from '../storage/presign';
import { readableDocument } from './access';
import { ApiError } from './errors';
import { visibleSample } from './rights';
import type { ApiAnswer, ApiCall, Route } from './router';

const HOUR = 3600;

/** A link to an object in the bucket, for whoever has it. */
export function linkTo({ state, uploadUrl }: ApiCall, key: string): string {
	const { downloadLifetime, signingKey } = state.settings;
	const expires = Math.floor(Date.now() / 1000) + downloadLifetime;
	return presignedUrl({ root: uploadUrl, bucket: state.bucket, key, expires }, signingKey);
}

const answerLink = (call: ApiCall, key: string): ApiAnswer => ({
	status: 200,
	body: {
		download_uri: linkTo(call, key),
		expires_in_hours: Math.trunc(call.state.settings.downloadLifetime / HOUR),
	},
});

/** The description gives them no body, and the vendor's client sends none: one that comes is not read. */
export const downloadRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/documents/:id/download_uri',
		handle: (call) => {
			const document = readableDocument(call);
			document.downloads += 1;
			return answerLink(call, call.state.objectKey(document));
		},
	},
	{
		method: 'POST',
		path: '/api/v1/samples/:id/download_uri',
		handle: (call) => {
			const { state, params } = call;
			const sample = visibleSample(state, params.id);
			if (state.settings.premium === false) {
				throw new ApiError(402, 'Downloads are available to premium accounts. Please upgrade.');
			}
			if (sample.status === 'awaiting_data') throw new ApiError(400, 'The sample has no file yet.');
			sample.downloads += 1;
			// Of a pair R1's: the service's own file of both would be for it to make.
			return answerLink(call, sample.files[0]?.key ?? sample.id);
		},
	},
];
