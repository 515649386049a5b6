import { newId } from '../ids';
import { writeObject } from '../seed';
import type { StandInState } from '../state';
import type { Sample } from './sample';
import type {
	SampleSteps,
	SeedAnalysis,
	SeedProject,
	SeedSample,
	StandInAnalysis,
	StandInFile,
	StandInProject,
} from './types';

/** How far a seeded sample comes by itself: no further than it is meant to be. */
function seededSteps({ status = 'available', classification, errorMsg }: SeedSample): SampleSteps {
	const never = Infinity;
	if (status === 'importing') return { importing: never };
	if (status === 'validating') return { validating: never };
	if (status === 'failed_validation') return { fails: 'validation', errorMsg };
	if (classification === 'none') return { queued: never };
	if (classification === 'running') return { classifying: never };
	return classification === 'failed' ? { fails: 'classification', errorMsg } : {};
}

export function seedSample(state: StandInState, seed: SeedSample): Sample {
	const { library, settings } = state;
	const sample = library.addSample(seed.ownerId ?? state.userId);
	Object.assign(sample, {
		filename: seed.filename ?? null,
		createdAt: seed.createdAt ?? sample.createdAt,
		sharing: seed.sharing ?? 'private',
		projectId: seed.projectId ?? null,
		metadata: { ...seed.metadata },
		inMyOrganization: seed.inMyOrganization ?? false,
		tagIds: (seed.tags ?? []).map((name) => library.tagNamed(name).id),
	});
	if (seed.status === 'awaiting_data') return sample;
	if ('bytes' in seed) {
		const object = writeObject(newId(), seed.bytes, settings.directory);
		sample.files.push(object);
		sample.size = object.size;
	} else if ('size' in seed) {
		sample.size = seed.size ?? null;
	}
	sample.arrive(seededSteps(seed), Date.parse(sample.createdAt));
	return sample;
}

export function seedProject(state: StandInState, seed: SeedProject): StandInProject {
	const project: StandInProject = {
		id: newId(),
		name: seed.name ?? null,
		projectName: seed.projectName ?? null,
		description: seed.description ?? null,
		externalId: seed.externalId ?? null,
		ownerId: seed.ownerId ?? state.userId,
		public: seed.public ?? false,
		members: new Map(seed.permissions && [[state.userId, seed.permissions]]),
	};
	state.library.projects.push(project);
	return project;
}

/** What a run wrote, in the bucket. */
export const writtenFiles = (
	{ settings }: StandInState,
	files: Record<string, Buffer> = {},
): StandInFile[] =>
	Object.entries(files).map(([path, bytes]) => ({
		path,
		object: writeObject(newId(), bytes, settings.directory),
	}));

export function seedAnalysis(state: StandInState, seed: SeedAnalysis): StandInAnalysis {
	const { library } = state;
	const { sampleId, type, results, rawResults, log, jobArgs = {} } = seed;
	const outcome = seed.state ?? 'succeeded';
	const createdAt = seed.createdAt ?? new Date().toISOString();
	const analysis = library.startAnalysis({
		sampleId,
		jobId: seed.jobId ?? library.jobOf(type ?? 'classification').id,
		createdAt,
		...(type && { type }),
		jobArgs,
		results,
		rawResults,
		log,
		files: writtenFiles(state, seed.files),
	});
	if (outcome !== 'running') {
		const fails = outcome === 'failed';
		library.end(analysis, { fails, errorMsg: seed.errorMsg }, Date.parse(createdAt));
	}
	return analysis;
}
