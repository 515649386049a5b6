import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { documentAnswer } from '../../transport/answers';
import { documentPath } from '../../transport/api';
import { documentId } from '../../transport/ids';
import { receiveAnswer } from '../../transport/routing';
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
