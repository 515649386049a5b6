import type { INodeProperties } from 'n8n-workflow';

import { toolDescriptions } from '../shared/toolDescriptions';
import { createFields, createRouting } from './create';
import { deleteFields, deleteRouting } from './delete';
import { download, downloadFields } from './download';
import { showFor } from './fields';
import { get, getFields } from './get';
import { getAll, getAllFields } from './getAll';
import { importFromUrlFields, importFromUrlRouting } from './importFromUrl';
import { update, updateFields } from './update';
import { upload, uploadFields } from './upload';
import { wait, waitFields } from './wait';

/** What routing cannot express; see each operation. */
export const sampleOperations = { download, get, getAll, update, upload, wait };

/**
 * The operations of the resource `sample`; their names are saved in workflows. The descriptions are
 * read by people, and by models that have the node as a tool.
 */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['sample'] } },
	options: [
		{
			name: 'Upload',
			value: 'upload',
			action: 'Upload a sample',
			description:
				'Upload FASTQ and FASTA files of the input as samples; two files of a pair become one. It needs files that an earlier node of the workflow gives; text alone cannot be uploaded.',
		},
		{
			name: 'Wait',
			value: 'wait',
			action: 'Wait for a sample',
			description:
				'Wait until One Codex has read a sample and classified it, by its sample ID, and give back how it is then',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many samples',
			description:
				'List samples, newest first, with their IDs, file names, sizes, statuses and classification IDs; filtered by a part of the file name, status, project, tag, external ID, creation time or size',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a sample',
			description:
				'Get the file name, size, status, visibility, project, tags and primary classification of one sample, by its sample ID; its metadata, too, where that is asked for',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a sample',
			description:
				'Change the project, visibility, tags or metadata of a sample, by its sample ID. What is not given stays as it is.',
		},
		{
			name: 'Download',
			value: 'download',
			action: 'Download a sample',
			description:
				'Fetch the sequencing reads of a sample, by its sample ID, for the next node of the workflow. One Codex may charge for it.',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a sample',
			description:
				'Delete a sample with all its analyses, by its sample ID, for good. Only its owner can. Gives back whether it was deleted.',
			routing: deleteRouting,
		},
		{
			name: 'Create Without File',
			value: 'create',
			action: 'Create a sample without a file',
			description:
				'Create a sample that gets its file later, with its project, tags and metadata. Gives back its sample ID.',
			routing: createRouting,
		},
		{
			name: 'Import From URL',
			value: 'importFromUrl',
			action: 'Import a sample from a URL',
			description:
				'Have One Codex itself fetch sequencing reads from an https address and make a sample of them',
			routing: importFromUrlRouting,
		},
	],
	default: 'upload',
};

export const sampleDescription: INodeProperties[] = [
	operation,
	...toolDescriptions(operation, showFor),
	...uploadFields,
	...createFields,
	...importFromUrlFields,
	...getFields,
	...getAllFields,
	...updateFields,
	...waitFields,
	...downloadFields,
	...deleteFields,
];
