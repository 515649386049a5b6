import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { SAMPLES_PATH } from '../../api/paths';
import { sendCall } from '../../api/routing';
import { OneCodexError } from '../../errors/oneCodexError';
import { secureUrl } from '../../http/secureUrl';
import { onceSender } from '../shared/once';
import { showFor } from './fields';
import { newSampleFields } from './newSampleFields';
import { newSample, receiveSample } from './sampleRouting';

export const importFromUrlFields: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.org/run7/stool_R1.fastq.gz',
		displayOptions: showFor('importFromUrl'),
		description: 'Where One Codex fetches the file from. It must be open to One Codex, by https.',
	},
	{
		displayName: 'Paired URL',
		name: 'pairedUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.org/run7/stool_R2.fastq.gz',
		displayOptions: showFor('importFromUrl'),
		description: 'The same for the second file of a pair. Leave empty for one file.',
	},
	...newSampleFields('importFromUrl'),
];

export const importFromUrlRouting: INodePropertyRouting = {
	request: { method: 'POST', url: `${SAMPLES_PATH}/import` },
	send: {
		paginate: true,
		preSend: [
			sendCall(function () {
				const parameter = (name: string) => this.getNodeParameter(name, '') as unknown;
				const paired = parameter('pairedUrl');
				const body = {
					import_type: 'url',
					uri: openUrl(parameter('url'), 'URL'),
					...(paired !== '' && { paired_uri: openUrl(paired, 'Paired URL') }),
					...newSample({
						projectId: parameter('projectId'),
						tags: parameter('tags'),
						metadata: parameter('metadata'),
						timezone: this.getTimezone(),
					}),
				};
				return { body, details: {} };
			}),
		],
	},
	operations: { pagination: onceSender('Look in One Codex for a new sample of this file.') },
	output: { postReceive: [receiveSample] },
};

/** One Codex fetches it from elsewhere, so there is no exception for this machine. */
function openUrl(value: unknown, name: string): string {
	const url = secureUrl(value, name);
	if (url.protocol === 'https:') return url.href;
	throw new OneCodexError('input', `${name} must start with https://, not ${url.protocol}//`, {
		description: 'One Codex fetches the file itself, and can reach nothing on this machine.',
	});
}
