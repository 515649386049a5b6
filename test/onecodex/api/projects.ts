import { newId } from '../ids';
import type { StandInProject } from '../samples/types';
import type { JsonObject } from './body';
import { ApiError } from './errors';
import { kindsOf } from './fields';
import { answerList, answerOne } from './query';
import { projectResource } from './resources';
import { ownRights, projectWith, visibleProject } from './rights';
import type { ApiCall, Route } from './router';

const kinds = kindsOf('projects');
const ADMINISTER = 'can_administer';

/** The shorter name's rule stands at answers alone; the longest name is that of the older description. */
const SHORT_NAME = /^[a-zA-Z0-9_-]{3,15}$/;
const LONGEST_NAME = 60;

/** @throws ApiError 400 */
function changesIn({ name, project_name: projectName, description }: JsonObject) {
	if (typeof projectName === 'string' && !SHORT_NAME.test(projectName)) {
		throw new ApiError(400, 'project_name: 3 to 15 letters, digits, dashes and underscores.');
	}
	if (typeof name === 'string' && name.length > LONGEST_NAME) {
		throw new ApiError(400, `name: up to ${LONGEST_NAME} characters.`);
	}
	const wanted = { name, projectName, description };
	return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

const listRoute = (
	path: string,
	isListed: (project: StandInProject, call: ApiCall) => boolean,
): Route => ({
	method: 'GET',
	path,
	anonymous: true,
	handle: (call) => {
		const { state } = call;
		const listed = () => state.library.projects.filter((project) => isListed(project, call));
		return answerList(
			call,
			() => listed().map((project) => projectResource(state, project)),
			kinds,
		);
	},
});

export const projectRoutes: Route[] = [
	listRoute('/api/v1/projects', (project, { state }) => ownRights(state, project).length > 0),
	listRoute('/api/v1/projects/public', (project) => project.public),
	{
		method: 'POST',
		path: '/api/v1/projects',
		handle: (call) => {
			const { state, json } = call;
			const project: StandInProject = {
				id: newId(),
				name: null,
				projectName: null,
				description: null,
				externalId: null,
				ownerId: state.userId,
				public: false,
				members: new Map(),
				...changesIn(json()),
			};
			state.library.projects.push(project);
			return answerOne(call, projectResource(state, project));
		},
	},
	{
		method: 'GET',
		path: '/api/v1/projects/:id',
		handle: (call) => {
			const { state, params } = call;
			return answerOne(call, projectResource(state, visibleProject(state, params.id)));
		},
	},
	{
		method: 'PATCH',
		path: '/api/v1/projects/:id',
		handle: (call) => {
			const { state, params, json } = call;
			const project = projectWith(state, params.id, ADMINISTER);
			Object.assign(project, changesIn(json()));
			return answerOne(call, projectResource(state, project));
		},
	},
	{
		method: 'DELETE',
		path: '/api/v1/projects/:id',
		// Its samples stay, in no project.
		handle: ({ state: { library }, state, params }) => {
			const project = projectWith(state, params.id, ADMINISTER);
			library.projects.splice(library.projects.indexOf(project), 1);
			for (const sample of library.samples) {
				if (sample.projectId === project.id) sample.projectId = null;
			}
			return { status: 200 };
		},
	},
];
