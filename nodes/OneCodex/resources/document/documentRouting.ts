import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { documentAnswer } from '../../api/answers/document';
import { documentId } from '../../api/ids';
import { documentPath } from '../../api/paths';
import { receiveAnswer } from '../../api/routing';
import { documentJson } from './documentJson';

/** The document that an item's parameter names: its path in the API, and its ID for errors. */
export function namedDocument(this: IExecuteSingleFunctions) {
	const document_id = documentId(this.getNodeParameter('documentId') as unknown);
	return { path: documentPath(document_id), details: { document_id } };
}

/** Gives out the document that One Codex answered. */
export const receiveDocument = receiveAnswer((answer) => ({
	json: documentJson(documentAnswer(answer)),
}));
