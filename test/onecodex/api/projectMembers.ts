import { refTo } from './links';
import { answerOne } from './query';
import { projectResource } from './resources';
import { ALL_RIGHTS, projectWith, visibleProject } from './rights';
import type { Route } from './router';
import { namedUser } from './sharing';

const ADMINISTER = 'can_administer';

export const projectMemberRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/projects/:id/members',
		handle: ({ state, params }) => {
			const { ownerId, members } = visibleProject(state, params.id);
			const all = [[ownerId, ALL_RIGHTS] as const, ...members];
			return {
				status: 200,
				body: all.map(([id, permissions]) => ({ user: refTo('users', id), permissions })),
			};
		},
	},
	{
		method: 'POST',
		path: '/api/v1/projects/:id/add_user',
		handle: (call) => {
			const { members } = projectWith(call.state, call.params.id, ADMINISTER);
			members.set(namedUser(call), call.json().permissions as string[]);
			return { status: 200 };
		},
	},
	{
		method: 'POST',
		path: '/api/v1/projects/:id/remove_user',
		handle: (call) => {
			projectWith(call.state, call.params.id, ADMINISTER).members.delete(namedUser(call));
			return { status: 200 };
		},
	},
	{
		method: 'POST',
		path: '/api/v1/projects/:id/change_sharing',
		handle: (call) => {
			const { state, params, json } = call;
			const project = projectWith(state, params.id, ADMINISTER);
			// The description's default, which its older form had too.
			project.public = (json().public as boolean | undefined) ?? false;
			return answerOne(call, projectResource(state, project));
		},
	},
];
