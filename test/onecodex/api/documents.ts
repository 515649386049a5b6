import type { StandInState } from '../state';
import type { StandInDocument } from '../types';
import { ApiError } from './errors';
import { paginate } from './pagination';
import type { Route } from './router';

/** A document as the API shows it (`components/schemas/documents` of its description). */
function resource(state: StandInState, document: StandInDocument) {
	return {
		$uri: `/api/v1/documents/${document.id}`,
		created_at: document.createdAt,
		downloaders: [],
		filename: document.filename,
		size: document.size,
		uploader: { $ref: `/api/v1/users/${state.userId}` },
	};
}

const isReadable = (document: StandInDocument): boolean => document.state === 'confirmed';

export const documentRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/documents',
		anonymous: true,
		handle: ({ state, url, authenticated }) => {
			// A filter that is ignored would give a wrong list that looks right.
			for (const clause of ['where', 'sort']) {
				if (url.searchParams.has(clause)) {
					throw new ApiError(501, `The stand-in does not know ${clause} yet.`);
				}
			}
			const readable = authenticated ? state.documents.filter(isReadable) : [];
			return paginate(
				url,
				readable.map((document) => resource(state, document)),
			);
		},
	},
	{
		method: 'GET',
		path: '/api/v1/documents/:id',
		handle: ({ state, params }) => {
			const document = state.findDocument(params.id);
			if (!document || !isReadable(document)) {
				throw new ApiError(404, 'The document was not found.');
			}
			return { status: 200, body: resource(state, document) };
		},
	},
];
