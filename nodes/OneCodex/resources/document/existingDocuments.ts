import type { IExecuteFunctions } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { keyOf, ownDocuments } from '../../upload/ownDocuments';
import { Existing } from '../shared/ifExists';

/** The documents that the account owns already, of the files that are not to be uploaded then. */
export function existingDocuments(context: IExecuteFunctions): Existing {
	return new Existing(async (files, settings) => {
		const documents = await ownDocuments(context, files, settings);
		return new Map(
			documents.map((document) => {
				const { $uri } = document;
				return [keyOf(document), { document_id: documentId($uri), document: { $ref: $uri } }];
			}),
		);
	});
}
