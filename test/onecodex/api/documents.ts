import type { StandInDocument } from '../types';
import { isReadable, ownDocument, readableDocument } from './access';
import { checkedFilename } from './filename';
import { instant, integer, type Kinds, reference, text, uri } from './kinds';
import { answerList } from './query';
import type { Route } from './router';
import { userUri } from './users';

/** A document as the API shows it (`components/schemas/documents` of its description). */
export const documentResource = (document: StandInDocument) => ({
	$uri: `/api/v1/documents/${document.id}`,
	created_at: document.createdAt,
	downloaders: document.downloaders.map((id) => ({ $ref: userUri(id) })),
	filename: document.filename,
	size: document.size,
	uploader: { $ref: userUri(document.uploaderId) },
});

const kinds: Kinds = {
	$uri: uri('documents'),
	created_at: instant,
	filename: text,
	size: integer,
	uploader: reference('users'),
};

const byAge = (left: StandInDocument, right: StandInDocument): number =>
	Date.parse(left.createdAt) - Date.parse(right.createdAt);

export const documentRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/documents',
		anonymous: true,
		handle: ({ state, url, authenticated }) => {
			const readable = authenticated
				? state.documents.filter((document) => isReadable(state, document)).sort(byAge)
				: [];
			return answerList(url, readable.map(documentResource), kinds);
		},
	},
	{
		method: 'GET',
		path: '/api/v1/documents/:id',
		handle: (call) => ({ status: 200, body: documentResource(readableDocument(call)) }),
	},
	{
		method: 'DELETE',
		path: '/api/v1/documents/:id',
		handle: (call) => {
			call.state.removeDocument(ownDocument(call));
			return { status: 204 };
		},
	},
	{
		method: 'PATCH',
		path: '/api/v1/documents/:id/rename',
		handle: (call) => {
			const document = ownDocument(call);
			document.filename = checkedFilename(call.json().filename);
			return { status: 200, body: documentResource(document) };
		},
	},
];
