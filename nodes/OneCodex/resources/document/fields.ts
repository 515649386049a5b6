import type { INodeProperties } from 'n8n-workflow';

import { MAX_RETRIES } from '../../transport/retry';
import { IDLE_TIMEOUT_SECONDS } from '../../upload/settings';

/** The condition under which a field of these operations is shown. */
export function showFor(...operations: string[]): INodeProperties['displayOptions'] {
	return { show: { resource: ['document'], operation: operations } };
}

/** Fields that several operations have, each to be given its displayOptions. */
export const documentIdField: INodeProperties = {
	displayName: 'Document ID',
	name: 'documentId',
	type: 'string',
	default: '={{ $json.document_id }}',
	placeholder: 'e.g. 28459508592a481c',
	description: 'The <code>document_id</code> that Init Upload gave',
};

export const binaryFieldField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field that holds the file',
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

/** How an upload deals with a network or a service that fails. */
export const uploadOptions: INodeProperties[] = [
	{
		displayName: 'Idle Timeout',
		name: 'idleTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: IDLE_TIMEOUT_SECONDS,
		description:
			'Seconds without a byte moved after which an attempt is given up and repeated. There is no limit to how long an upload may take.',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: MAX_RETRIES,
		description: 'How often a request is repeated that a busy service or a bad network failed',
	},
	{
		displayName: 'Verify Integrity',
		name: 'verifyIntegrity',
		type: 'boolean',
		default: true,
		description:
			'Whether to compare the MD5 of the bytes sent with what the storage has, and not to confirm a file that differs',
	},
];
