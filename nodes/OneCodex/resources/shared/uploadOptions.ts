import type { INodeProperties } from 'n8n-workflow';

import { MAX_RETRIES } from '../../http/retry';
import {
	IDLE_TIMEOUT_SECONDS,
	MULTIPART_THRESHOLD_MIB,
	PART_CONCURRENCY,
} from '../../upload/settings';

/** How an upload deals with a network or a service that fails. */
export const uploadOptions: INodeProperties[] = [
	{
		displayName: 'Idle Timeout (Seconds)',
		name: 'idleTimeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: IDLE_TIMEOUT_SECONDS,
		description:
			'How long no byte may move before an attempt is given up and repeated. There is no limit to how long an upload may take.',
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
				description: 'Form POST, and Multipart Upload above the Multipart Threshold',
			},
			{
				name: 'Form POST',
				value: 'post',
				description: 'By one form, for files up to 5 GiB',
			},
			{
				name: 'Multipart Upload',
				value: 'multipart',
				description: 'In parts, for files of any size',
			},
		],
		default: 'auto',
		description: 'How files are sent to the storage',
	},
];
