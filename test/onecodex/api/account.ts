import type { Route } from './router';

export const accountRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/account',
		handle: ({ state }) => ({
			status: 200,
			body: {
				confirmed_at: state.accountCreatedAt,
				created_at: state.accountCreatedAt,
				email: 'stand-in@onecodex.example',
				user: { $ref: `/api/v1/users/${state.userId}` },
			},
		}),
	},
];
