import type { Sample } from '../../samples/sample';
import type { StandInState } from '../../state';
import type { JsonObject } from '../body';
import { ApiError } from '../errors';
import { type Changes, changesIn, describe } from './changes';

/** The free plan's limit. @throws ApiError 402 */
function checkRoom({ library, settings, userId }: StandInState): void {
	const own = library.samples.filter(({ ownerId }) => ownerId === userId).length;
	if (own < (settings.maxSamples ?? Infinity)) return;
	throw new ApiError(402, 'Your plan allows no further samples. Please upgrade your plan.');
}

/** A new sample of the account's that awaits its file. @throws ApiError 400, 402, 403, 404 */
export function createSample(state: StandInState, body: JsonObject): Sample {
	checkRoom(state);
	const changes = changesIn(state, body);
	const sample = state.library.addSample(state.userId);
	describe(sample, changes);
	return sample;
}

/** @throws ApiError 400 where none awaits its file under that name. */
function awaiting(
	state: StandInState,
	name: string,
	isWanted: (sample: Sample) => boolean,
): Sample {
	const sample = state.library.samples.find(
		(each) => each.ownerId === state.userId && each.status === 'awaiting_data' && isWanted(each),
	);
	if (!sample) throw new ApiError(400, `${name}: no sample that awaits its file has it.`);
	return sample;
}

/**
 * The sample that a file is announced for: one that was created before its file, or a new one.
 *
 * @throws ApiError 400, 402, 403, 404
 */
export function announcedSample(state: StandInState, body: JsonObject): Sample {
	const { sample_id: id = null, external_sample_id: externalId = null } = body;
	if (id === null && externalId === null) return createSample(state, body);
	if (id !== null && externalId !== null) {
		throw new ApiError(400, 'Only one of sample_id and external_sample_id is allowed.');
	}
	const sample =
		id !== null
			? awaiting(state, 'sample_id', (each) => each.id === id)
			: awaiting(
					state,
					'external_sample_id',
					({ metadata }) => metadata.external_sample_id === externalId,
				);
	const changes: Changes = changesIn(state, body);
	describe(sample, changes);
	return sample;
}
