import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { projectAnswer } from '../../api/answers/project';
import { projectId } from '../../api/ids';
import { projectPath } from '../../api/paths';
import { receiveAnswer } from '../../api/routing';
import { getRouting as routing } from '../shared/getRouting';
import { projectPicker } from '../shared/pickers';
import { showFor } from './fields';
import { projectJson } from './projectJson';

export const getFields: INodeProperties[] = [projectPicker(showFor('get'))];

export const getRouting: INodePropertyRouting = routing(
	function () {
		const project_id = projectId(this.getNodeParameter('projectId') as unknown);
		return { path: projectPath(project_id), details: { project_id } };
	},
	receiveAnswer((answer) => ({ json: projectJson(projectAnswer(answer)) })),
);
