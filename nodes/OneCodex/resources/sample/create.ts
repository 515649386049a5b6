import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { isText, objectOf, unexpected } from '../../api/answers/shape';
import { samplePath, SAMPLES_PATH } from '../../api/paths';
import { receiveAnswer, sendCall } from '../../api/routing';
import { onceSender } from '../shared/once';
import { newSampleFields } from './newSampleFields';
import { newSample } from './sampleRouting';

export const createFields: INodeProperties[] = newSampleFields('create');

export const createRouting: INodePropertyRouting = {
	request: { method: 'POST', url: `${SAMPLES_PATH}/preupload` },
	send: {
		paginate: true,
		preSend: [
			sendCall(function () {
				const parameter = (name: string) => this.getNodeParameter(name, '') as unknown;
				const body = newSample({
					projectId: parameter('projectId'),
					tags: parameter('tags'),
					metadata: parameter('metadata'),
					timezone: this.getTimezone(),
				});
				return { body, details: {} };
			}),
		],
	},
	operations: { pagination: onceSender('Look in One Codex for a new sample without data.') },
	output: {
		postReceive: [
			receiveAnswer((answer) => {
				const { sample_id } = objectOf(answer);
				if (!isText(sample_id) || !/^\w{16}$/.test(sample_id)) {
					throw unexpected('preupload', 'sample_id');
				}
				return { json: { sample_id, sample: { $ref: samplePath(sample_id) } } };
			}),
		],
	},
};
