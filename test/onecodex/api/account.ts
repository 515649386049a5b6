import type { Route } from './router';
import { userUri } from './users';

export const accountRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/account',
		handle: ({ state }) => ({
			status: 200,
			body: {
				confirmed_at: state.accountCreatedAt,
				created_at: state.accountCreatedAt,
				email: state.users[0].email,
				user: { $ref: userUri(state.userId) },
			},
		}),
	},
];
