import type { StandInDocument } from '../types';
import { ownDocument } from './access';
import { documentResource } from './documents';
import { ApiError } from './errors';
import { idIn } from './links';
import type { ApiCall, Route } from './router';

/** The id in `{user: {"$ref": "/api/v1/users/<id>"}}`. @throws ApiError 400, 404 */
export function namedUser({ state, json }: ApiCall): string {
	const wanted = idIn(json().user);
	const user = state.users.find(({ id }) => id === wanted);
	if (!user) throw new ApiError(404, 'The user was not found.');
	return user.id;
}

/** A route that changes who may download a document, and answers the document. */
const sharingRoute = (
	action: string,
	change: (document: StandInDocument, userId: string) => string[],
): Route => ({
	method: 'POST',
	path: `/api/v1/documents/:id/${action}`,
	handle: (call) => {
		const document = ownDocument(call);
		document.downloaders = change(document, namedUser(call));
		return { status: 200, body: documentResource(document) };
	},
});

export const sharingRoutes: Route[] = [
	sharingRoute('add_user', ({ downloaders }, id) => [...new Set([...downloaders, id])]),
	sharingRoute('remove_user', ({ downloaders }, id) => downloaders.filter((each) => each !== id)),
];
