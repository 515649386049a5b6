import type { StandInDocument } from '../types';
import { isReadable, ownDocument, readableDocument } from './access';
import { kindsOf } from './fields';
import { checkedFilename } from './filename';
import { answerList, answerOne } from './query';
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

const kinds = kindsOf('documents');

const byAge = (left: StandInDocument, right: StandInDocument): number =>
	Date.parse(left.createdAt) - Date.parse(right.createdAt);

export const documentRoutes: Route[] = [
	{
		method: 'GET',
		path: '/api/v1/documents',
		anonymous: true,
		handle: (call) => {
			const { state } = call;
			const readable = () =>
				state.documents.filter((document) => isReadable(state, document)).sort(byAge);
			return answerList(call, () => readable().map(documentResource), kinds);
		},
	},
	{
		method: 'GET',
		path: '/api/v1/documents/:id',
		handle: (call) => answerOne(call, documentResource(readableDocument(call))),
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
