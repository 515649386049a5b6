import type { INode } from 'n8n-workflow';

import { agentVersion, toolSettings } from './differences';
import type { ScriptedModel, Turn } from './model';
import { assertSucceeded, outputOf } from './run';
import type { SharedHost } from './shared/host';
import { chain, manualTrigger, node, readFiles, workflow, type Link } from './workflow';

/** As the editor writes it when the model is to fill a field in: named after the field's label. */
export const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, '${type}') }}`;

/** The same of a field that picks something. */
export const locator = (label: string) => ({ __rl: true, mode: 'id', value: fromAI(label) });

/** Imports the workflow `agent`: a file that a node before gives, and an agent with these tools. */
export function importAgent(host: SharedHost, model: ScriptedModel, tools: INode[]): void {
	host.importCredential({
		id: 'openAiAccount000',
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	});
	host.importWorkflows(workflow('agent', agentWith(host, tools), { executionOrder: 'v1' }));
}

function agentWith(host: SharedHost, tools: INode[]): Link[] {
	const to = node('@n8n/n8n-nodes-langchain.agent', agentVersion, 'Agent', {
		promptType: 'define',
		text: 'Tidy up.',
		options: { maxIterations: 20 },
	});
	const chatModel: INode = {
		...node('@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, 'Model', {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		}),
		credentials: { openAiApi: { id: 'openAiAccount000', name: 'Scripted model' } },
	};
	return [
		...chain(manualTrigger(), readFiles('Read', `${host.filesFolder}/*`), to),
		{ from: chatModel, to, type: 'ai_languageModel' },
		...tools.map((tool): Link => ({ from: { ...tool, ...toolSettings }, to, type: 'ai_tool' })),
	];
}

/** Runs the agent with a script, and gives what each of its calls gave back, read as JSON. */
export async function call(
	host: SharedHost,
	model: ScriptedModel,
	...script: Turn[]
): Promise<unknown[]> {
	model.play(...script, 'Done');
	const { data } = await host.execute('agent');
	assertSucceeded(data);
	expect(outputOf(data, 'Agent')[0].json.output).toBe('Done');
	const results = model.results().map((text) => JSON.parse(text) as unknown);
	expect(results).toHaveLength(script.length);
	return results;
}

/** What the model is told of each tool: what it does, and what it takes. */
export const told = (model: ScriptedModel): Record<string, string[]> =>
	Object.fromEntries(
		model.offered().map(({ name, description, parameters }) => {
			const takes = Object.entries(parameters.properties).map(
				([key, { type }]) => `${key}: ${type}`,
			);
			return [name, [description, ...takes]];
		}),
	);
