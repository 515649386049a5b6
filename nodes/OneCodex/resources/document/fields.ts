import type { INodeProperties } from 'n8n-workflow';

import { MAX_RETRIES } from '../../http/retry';
import {
	IDLE_TIMEOUT_SECONDS,
	MULTIPART_THRESHOLD_MIB,
	PART_CONCURRENCY,
} from '../../upload/settings';

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
			'Whether a digest of the bytes sent is compared with what the storage got (MD5 of a form, SHA-256 of parts), and a file that differs is not confirmed',
	},
];

/** How a large file goes to S3. */
export const multipartOptions: INodeProperties[] = [
	{
		displayName: 'Multipart Threshold (MiB)',
		name: 'multipartThreshold',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5120 },
		default: MULTIPART_THRESHOLD_MIB,
		description: 'With Transfer at Automatic, files above this size are sent in parts',
	},
	{
		displayName: 'Part Concurrency',
		name: 'partConcurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 32, numberPrecision: 0 },
		default: PART_CONCURRENCY,
		description:
			'How many parts of a file are sent at the same time. Each needs memory of its size: 16 MiB, and more for files above 156 GiB.',
	},
	{
		displayName: 'Transfer',
		name: 'transfer',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'By one form, and in parts above the Multipart Threshold',
			},
			{
				name: 'In Parts',
				value: 'multipart',
				description: "By S3's multipart upload, for files of any size",
			},
			{
				name: 'One Form',
				value: 'post',
				description: 'By one form POST, for files up to 5 GiB',
			},
		],
		default: 'auto',
		description: 'How files are sent to the storage',
	},
];
