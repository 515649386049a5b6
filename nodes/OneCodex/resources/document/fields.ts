import type { INodeProperties } from 'n8n-workflow';

import { showForResource } from '../shared/showFor';

/** The condition under which a field of these operations is shown. */
export const showFor = showForResource('document');

/** Fields that several operations have, each to be given its displayOptions. */
export const documentIdField: INodeProperties = {
	displayName: 'Document ID',
	name: 'documentId',
	type: 'string',
	default: '={{ $json.document_id }}',
	placeholder: 'e.g. 28459508592a481c',
	description: 'The <code>document_id</code> that Init Upload gave',
};

export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. report.pdf',
	description:
		'The name in One Codex, instead of the one that the file brings. Other signs than letters, digits, dash, underscore and period are replaced.',
};
