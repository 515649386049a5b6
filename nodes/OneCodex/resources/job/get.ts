import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { jobAnswer } from '../../api/answers/job';
import { jobId } from '../../api/ids';
import { jobPath } from '../../api/paths';
import { receiveAnswer } from '../../api/routing';
import { getRouting as routing } from '../shared/getRouting';
import { jobPicker } from '../shared/pickers';
import { showFor } from './fields';
import { jobJson } from './jobJson';

export const getFields: INodeProperties[] = [jobPicker(showFor('get'))];

export const getRouting: INodePropertyRouting = routing(
	function () {
		const job_id = jobId(this.getNodeParameter('jobId') as unknown);
		return { path: jobPath(job_id), details: { job_id } };
	},
	receiveAnswer((answer) => ({ json: jobJson(jobAnswer(answer)) })),
);
