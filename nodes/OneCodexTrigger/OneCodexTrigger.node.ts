import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { searchProjects } from '../OneCodex/listSearch/projects';
import { triggerFields } from './fields';
import { poll } from './poll';

export class OneCodexTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'One Codex Trigger',
		name: 'oneCodexTrigger',
		icon: { light: 'file:../OneCodex/onecodex.svg', dark: 'file:../OneCodex/onecodex.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toTitleCase() }}',
		// n8n's panel shows the node and its trigger as one, and tells of both what is here.
		description:
			'Upload samples and documents to One Codex, the platform for microbial genomics, get what it found, and start workflows when something is ready',
		defaults: { name: 'One Codex Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'oneCodexApi', required: true }],
		hints: [
			{
				message:
					'A test event is the newest that there is. Once the workflow is active, it starts for what comes from then on.',
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
			},
		],
		properties: triggerFields,
	};

	methods = { listSearch: { searchProjects } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
