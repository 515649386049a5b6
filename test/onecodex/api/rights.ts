import type { Sample } from '../samples/sample';
import type { StandInProject } from '../samples/types';
import type { StandInState } from '../state';
import { ApiError } from './errors';

/** The names that are known: the older description's defaults, and two more that were recorded. */
export const ALL_RIGHTS = [
	'can_see_files',
	'can_add_files',
	'can_edit_metadata',
	'can_download_files',
	'can_incur_charges',
	'can_administer',
];

/** What the account may do in a project. */
export function ownRights({ userId }: StandInState, project: StandInProject): string[] {
	return project.ownerId === userId ? ALL_RIGHTS : (project.members.get(userId) ?? []);
}

/** Whether the account may do something to the samples of the project that this one is in. */
export function mayInProject(state: StandInState, sample: Sample, right: string): boolean {
	const project = state.library.projects.find(({ id }) => id === sample.projectId);
	return project !== undefined && ownRights(state, project).includes(right);
}

const isOwn = ({ userId }: StandInState, { ownerId }: { ownerId: string }): boolean =>
	ownerId === userId;

/** "Public: listed; shared: anyone with the link; private: its owner and the members of its project." */
export const isVisible = (state: StandInState, sample: Sample): boolean =>
	isOwn(state, sample) ||
	sample.sharing !== 'private' ||
	sample.inMyOrganization ||
	mayInProject(state, sample, 'can_see_files');

export const isVisibleProject = (state: StandInState, project: StandInProject): boolean =>
	project.public || ownRights(state, project).length > 0;

/** @throws ApiError 404, also for what the account may not see */
export function visibleSample(state: StandInState, id: string): Sample {
	const sample = state.library.samples.find((each) => each.id === id);
	if (!sample || !isVisible(state, sample)) throw new ApiError(404, 'The sample was not found.');
	return sample;
}

/** @throws ApiError 404, or 403 for another owner's */
export function ownSample(state: StandInState, id: string): Sample {
	const sample = visibleSample(state, id);
	if (!isOwn(state, sample)) throw new ApiError(403, 'Only the owner of a sample may do that.');
	return sample;
}

/** @throws ApiError 404, also for what the account may not see */
export function visibleProject(state: StandInState, id: string): StandInProject {
	const project = state.library.projects.find((each) => each.id === id);
	if (!project || !isVisibleProject(state, project)) {
		throw new ApiError(404, 'The project was not found.');
	}
	return project;
}

/** @throws ApiError 404, or 403 without that right in it */
export function projectWith(state: StandInState, id: string, right: string): StandInProject {
	const project = visibleProject(state, id);
	if (!ownRights(state, project).includes(right)) {
		throw new ApiError(403, `The right ${right} is required in this project.`);
	}
	return project;
}
