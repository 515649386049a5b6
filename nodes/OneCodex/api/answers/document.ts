import type { DocumentAnswer } from '../../types';
import { isReference, isReferences, objectOf, unexpected } from './shape';

/** @throws OneCodexError (service) when the answer is not a document as the API describes it */
export function documentAnswer(answer: unknown): DocumentAnswer {
	const { $uri, filename, size, created_at, uploader, downloaders } = objectOf(answer);
	if (
		typeof $uri !== 'string' ||
		!/\/documents\/[0-9a-f]{16}$/.test($uri) ||
		typeof filename !== 'string' ||
		!(size === null || typeof size === 'number') ||
		typeof created_at !== 'string' ||
		!isReference(uploader) ||
		!isReferences(downloaders)
	) {
		throw unexpected('for a document', '$uri, filename, size, created_at, uploader, downloaders');
	}
	return { ...objectOf(answer), $uri, filename, size, created_at, uploader, downloaders };
}
