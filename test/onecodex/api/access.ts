import type { StandInState } from '../state';
import type { StandInDocument } from '../types';
import { ApiError } from './errors';
import type { ApiCall } from './router';

/** Not before it is confirmed, and by nobody but its uploader and those it was shared with. */
export const isReadable = (
	{ userId }: StandInState,
	{ state, uploaderId, downloaders }: StandInDocument,
): boolean => state === 'confirmed' && (uploaderId === userId || downloaders.includes(userId));

/** The document at `:id`. @throws ApiError 404, also for what the account may not see */
export function readableDocument({ state, params }: ApiCall): StandInDocument {
	const document = state.findDocument(params.id);
	if (!document || !isReadable(state, document)) {
		throw new ApiError(404, 'The document was not found.');
	}
	return document;
}

/**
 * "Only owners can modify a document"; those it was shared with "are able to download (but not
 * modify)" it (the API's description).
 *
 * @throws ApiError 404, or 403 for the document of another uploader.
 */
export function ownDocument(call: ApiCall): StandInDocument {
	const document = readableDocument(call);
	if (document.uploaderId !== call.state.userId) {
		throw new ApiError(403, 'Only the owner of a document may modify it.');
	}
	return document;
}
