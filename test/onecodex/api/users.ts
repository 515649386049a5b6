import type { StandInUser } from '../types';
import { ApiError } from './errors';
import { kindsOf } from './fields';
import { answerList } from './query';
import type { Route } from './router';

export const userUri = (id: string): string => `/api/v1/users/${id}`;

export const userResource = (user: StandInUser) => ({ $uri: userUri(user.id), email: user.email });

const kinds = kindsOf('users');

export const userRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/users',
		anonymous: true,
		handle: (call) => answerList(call, () => call.state.users.map(userResource), kinds),
	},
	{
		method: 'GET',
		path: '/api/v1/users/:id',
		handle: ({ state, params }) => {
			const user = state.users.find(({ id }) => id === params.id);
			if (!user) throw new ApiError(404, 'The user was not found.');
			return { status: 200, body: userResource(user) };
		},
	},
];
