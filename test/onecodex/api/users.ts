import type { StandInUser } from '../types';
import { ApiError } from './errors';
import { email, type Kinds, uri } from './kinds';
import { answerList } from './query';
import type { Route } from './router';

export const userUri = (id: string): string => `/api/v1/users/${id}`;

const resource = (user: StandInUser) => ({ $uri: userUri(user.id), email: user.email });

const kinds: Kinds = { $uri: uri('users'), email };

export const userRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/users',
		anonymous: true,
		handle: ({ state, url, authenticated }) =>
			answerList(url, authenticated ? state.users.map(resource) : [], kinds),
	},
	{
		method: 'GET',
		path: '/api/v1/users/:id',
		handle: ({ state, params }) => {
			const user = state.users.find(({ id }) => id === params.id);
			if (!user) throw new ApiError(404, 'The user was not found.');
			return { status: 200, body: resource(user) };
		},
	},
];
