import type { Sample } from '../../samples/sample';
import type { StandInState } from '../../state';
import { ApiError } from '../errors';
import { kindsOf } from '../fields';
import { answerCursorList, answerOne } from '../query';
import { sampleResource } from '../resources';
import { ownSample, visibleSample } from '../rights';
import type { Route } from '../router';
import { changesIn } from './changes';

const kinds = kindsOf('samples');

const byAge = (left: Sample, right: Sample): number =>
	Date.parse(left.createdAt) - Date.parse(right.createdAt);

const listRoute = (
	path: string,
	isListed: (sample: Sample, state: StandInState) => boolean,
): Route => ({
	method: 'GET',
	path,
	anonymous: true,
	handle: (call) => {
		const { state } = call;
		const listed = () => state.library.samples.filter((sample) => isListed(sample, state));
		return answerCursorList(call, () => listed().sort(byAge).map(sampleResource), kinds);
	},
});

const isOwn = ({ ownerId }: Sample, { userId }: StandInState): boolean => ownerId === userId;

/** Words for files that are not there yet are no wish. @throws ApiError 400 */
function wantedSharing(visibility: unknown): Sample['sharing'] {
	if (visibility === 'public' || visibility === 'shared' || visibility === 'private')
		return visibility;
	throw new ApiError(400, 'visibility: public, shared or private is required.');
}

export const sampleRoutes: Route[] = [
	listRoute('/api/v1/samples', isOwn),
	listRoute('/api/v1/samples/public', ({ sharing }) => sharing === 'public'),
	listRoute(
		'/api/v1/samples/organization',
		(sample, state) => isOwn(sample, state) || sample.inMyOrganization,
	),
	{
		method: 'GET',
		path: '/api/v1/samples/:id',
		handle: (call) => answerOne(call, sampleResource(visibleSample(call.state, call.params.id))),
	},
	{
		method: 'PATCH',
		path: '/api/v1/samples/:id',
		handle: (call) => {
			const { state, params, json } = call;
			const sample = ownSample(state, params.id);
			const body = json();
			const sharing =
				body.visibility === undefined ? sample.sharing : wantedSharing(body.visibility);
			const { projectId = sample.projectId, tagIds = sample.tagIds } = changesIn(state, body);
			// What is not named stays: the vendor's client sends what has changed and nothing else.
			Object.assign(sample, { projectId, tagIds, sharing });
			sample.touch();
			return answerOne(call, sampleResource(sample));
		},
	},
	{
		method: 'DELETE',
		path: '/api/v1/samples/:id',
		handle: ({ state, params }) => {
			const sample = ownSample(state, params.id);
			state.imports.cancel(sample.id);
			state.library.removeSample(sample);
			return { status: 204 };
		},
	},
];
