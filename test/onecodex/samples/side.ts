import type { StandInState } from '../state';
import { seedAnalysis, seedProject, seedSample } from './seeds';
import type { LibrarySide } from './types';

/** @throws Error where there is none. */
function known<Each extends { id: string }>(all: Each[], kind: string, id: string): Each {
	const found = all.find((each) => each.id === id);
	if (!found) throw new Error(`The stand-in knows no ${kind} ${id}`);
	return found;
}

/** What a test sees of samples and of what belongs to them. */
export function librarySide(state: StandInState): LibrarySide {
	const { samples, tags, projects, jobs, analyses } = state.library;
	return {
		samples,
		tags,
		projects,
		jobs,
		analyses,
		sample: (id) => known(samples, 'sample', id),
		analysis: (id) => {
			state.library.settle();
			return known(analyses, 'analysis', id);
		},
		endAnalysis: (id, { success = true, errorMsg } = {}) =>
			state.library.end(known(analyses, 'analysis', id), { fails: !success, errorMsg }),
		seedSample: (seed) => seedSample(state, seed),
		seedTag: (name) => state.library.tagNamed(name),
		seedProject: (seed) => seedProject(state, seed),
		seedJob: (seed) => state.library.addJob({ type: 'classification', ...seed }),
		seedAnalysis: (seed) => seedAnalysis(state, seed),
	};
}
