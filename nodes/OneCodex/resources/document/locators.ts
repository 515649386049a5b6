import type { INodeProperties } from 'n8n-workflow';

import { locator } from '../shared/locator';
import { showFor } from './fields';

/** The document that an operation is about; one to delete is always chosen. */
export const documentLocator = (operation: string): INodeProperties =>
	locator(
		{
			displayName: 'Document',
			name: 'documentId',
			displayOptions: showFor(operation),
			description:
				'The document, by its ID. By expression, <code>document_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'documents',
		'searchDocuments',
	);

/** The same; after a step that gives one, nothing needs to be chosen. */
export const followingDocumentLocator = (operation: string): INodeProperties => ({
	...documentLocator(operation),
	default: { mode: 'id', value: '={{ $json.document_id }}' },
});

/** The user with whom a document is shared, or no longer. */
export const userLocator = (operation: string): INodeProperties =>
	locator(
		{
			displayName: 'User',
			name: 'userId',
			displayOptions: showFor(operation),
			description:
				'The user, by the ID. By expression, <code>uploader_id</code>, <code>$uri</code> or a <code>$ref</code> of an earlier step work as they are.',
		},
		'users',
		'searchUsers',
	);
