import { ApiError } from './errors';
import { kindsOf } from './fields';
import { idIn } from './links';
import { answerList, answerOne } from './query';
import { tagResource } from './resources';
import { ownSample } from './rights';
import type { Route } from './router';

const kinds = kindsOf('tags');

export const tagRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/tags',
		anonymous: true,
		handle: (call) => answerList(call, () => call.state.library.tags.map(tagResource), kinds),
	},
	{
		method: 'POST',
		path: '/api/v1/tags',
		handle: (call) => {
			const { state, json } = call;
			const { name, sample: reference } = json();
			const sample = ownSample(state, idIn(reference));
			const tag = state.library.tagNamed(name as string);
			sample.tagIds = [...new Set([...sample.tagIds, tag.id])];
			sample.touch();
			return answerOne(call, tagResource(tag));
		},
	},
	{
		method: 'GET',
		path: '/api/v1/tags/:id',
		handle: (call) => {
			const tag = call.state.library.tags.find(({ id }) => id === call.params.id);
			if (!tag) throw new ApiError(404, 'The tag was not found.');
			return answerOne(call, tagResource(tag));
		},
	},
];
