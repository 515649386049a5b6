import type { Sample } from '../samples/sample';
import type { StandInState } from '../state';
import { ApiError } from './errors';
import { kindsOf } from './fields';
import { answerCursorList, answerOne } from './query';
import { metadataResource } from './resources';
import { isVisible, mayInProject } from './rights';
import type { Route } from './router';
import { checkedMetadata } from './samples/changes';

const kinds = kindsOf('metadata');

/** @throws ApiError 404 */
function sampleOf(state: StandInState, id: string): Sample {
	const sample = state.library.samples.find(({ metadataId }) => metadataId === id);
	if (!sample || !isVisible(state, sample)) throw new ApiError(404, 'The metadata was not found.');
	return sample;
}

export const metadataRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/metadata',
		anonymous: true,
		// "Only metadata for samples you own is queryable" (`Metadata.where` of the vendor's client).
		handle: (call) => {
			const { library, userId } = call.state;
			const own = () => library.samples.filter(({ ownerId }) => ownerId === userId);
			return answerCursorList(call, () => own().map(metadataResource), kinds);
		},
	},
	{
		method: 'GET',
		path: '/api/v1/metadata/:id',
		handle: (call) => answerOne(call, metadataResource(sampleOf(call.state, call.params.id))),
	},
	{
		method: 'PATCH',
		path: '/api/v1/metadata/:id',
		handle: (call) => {
			const { state, params, json } = call;
			const sample = sampleOf(state, params.id);
			const isAllowed =
				sample.ownerId === state.userId || mayInProject(state, sample, 'can_edit_metadata');
			if (!isAllowed) throw new ApiError(403, 'The right can_edit_metadata is required.');
			// Field by field, and `custom` as a whole: the vendor's client sends all of it.
			sample.metadata = { ...sample.metadata, ...checkedMetadata(json()) };
			sample.metadataUpdatedAt = new Date().toISOString();
			return answerOne(call, metadataResource(sample));
		},
	},
];
