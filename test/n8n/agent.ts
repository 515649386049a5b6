import type { INode } from 'n8n-workflow';

import { agentVersion, toolSettings } from './differences';
import { startModel, type OfferedTool, type ScriptedModel, type Turn } from './model';
import { assertSucceeded, outputOf } from './run';
import type { SharedHost } from './shared/host';
import {
	chain,
	manualTrigger,
	node,
	readFiles,
	workflow,
	type Link,
	type Workflow,
} from './workflow';

/** As the editor writes it when the model is to fill a field in: named after the field's label. */
export const fromAI = (label: string, type = 'string') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label}', \`\`, '${type}') }}`;

/** The same of a picker. */
export const locatorFromAI = (label: string) => ({ __rl: true, mode: 'id', value: fromAI(label) });

const MODEL = 'openAiAccount000';

/** An AI agent of n8n's, with tools, and a model that says what a script says. */
export class ScriptedAgent {
	private constructor(
		private readonly host: SharedHost,
		private readonly model: ScriptedModel,
		private readonly id: string,
	) {}

	/**
	 * Adds its workflow, which reads the host's files before.
	 *
	 * @param id of the workflow
	 */
	static async add(host: SharedHost, id: string, text: string, tools: INode[]) {
		const links = linksOf(`${host.filesFolder}/*`, text, tools);
		return await ScriptedAgent.of(host, workflow(id, links, { executionOrder: 'v1' }));
	}

	/** Adds a workflow with a node Agent, whose model has the credential {@link MODEL}. */
	static async of(host: SharedHost, whole: Workflow) {
		const model = await startModel();
		host.importCredential({
			id: MODEL,
			name: 'Scripted model',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		host.importWorkflows(whole);
		return new ScriptedAgent(host, model, whole.id);
	}

	/** Runs the agent with a script, and gives what each of its calls gave back, read as JSON. */
	async call(...script: Turn[]): Promise<unknown[]> {
		this.model.play(...script, 'Done');
		const { data } = await this.host.execute(this.id);
		assertSucceeded(data);
		expect(outputOf(data, 'Agent')[0].json.output).toBe('Done');
		const results = this.model.results().map((text) => JSON.parse(text) as unknown);
		expect(results).toHaveLength(script.length);
		return results;
	}

	/** The tools, as the model was told of them last. */
	offered(): OfferedTool[] {
		return this.model.offered();
	}

	/** The same by name: what each does, and what it takes. */
	told(): Record<string, string[]> {
		const told = this.offered().map(({ name, description, parameters }) => {
			const takes = Object.entries(parameters.properties).map(
				([key, { type }]) => `${key}: ${type}`,
			);
			return [name, [description, ...takes]] as [string, string[]];
		});
		return Object.fromEntries(told);
	}

	async close(): Promise<void> {
		await this.model.close();
	}
}

function linksOf(glob: string, text: string, tools: INode[]): Link[] {
	const to = node('@n8n/n8n-nodes-langchain.agent', agentVersion, 'Agent', {
		promptType: 'define',
		text,
		options: { maxIterations: 20 },
	});
	const chatModel: INode = {
		...node('@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3, 'Model', {
			model: { __rl: true, mode: 'id', value: 'scripted' },
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		}),
		credentials: { openAiApi: { id: MODEL, name: 'Scripted model' } },
	};
	return [
		...chain(manualTrigger(), readFiles('Read', glob), to),
		{ from: chatModel, to, type: 'ai_languageModel' },
		...tools.map((tool): Link => ({ from: { ...tool, ...toolSettings }, to, type: 'ai_tool' })),
	];
}
