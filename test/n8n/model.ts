import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** What the model says next: a tool to call, or its last word. */
export type Turn = { tool: string; args: object } | string;

/** A tool as the model is told of it. */
export interface OfferedTool {
	name: string;
	description: string;
	parameters: { properties: Record<string, { type: string; description?: string }> };
}

interface CompletionRequest {
	tools?: Array<{ function: OfferedTool }>;
	messages: Array<{ role: string; content: string; tool_call_id?: string }>;
}

/** A chat model that says what it is told to, by the API of OpenAI's chat completions. */
export interface ScriptedModel {
	/** What a credential takes for its URL. */
	url: string;
	/** The tools that were offered with the last request. */
	offered(): OfferedTool[];
	/** What the calls of the script gave, in their order. */
	results(): string[];
	/** What it was told with the last request, by the user, or by the agent's makers (`system`). */
	told(role: 'system' | 'user'): string[];
	/** What is to be said, from the first word; forgets what was. */
	play(...script: Turn[]): void;
	close(): Promise<void>;
}

function messageOf(turn: Turn, number: number) {
	if (typeof turn === 'string') return { role: 'assistant', content: turn };
	const { tool, args } = turn;
	const call = { name: tool, arguments: JSON.stringify(args) };
	return {
		role: 'assistant',
		content: null,
		tool_calls: [{ id: `call_${number}`, type: 'function', function: call }],
	};
}

export async function startModel(): Promise<ScriptedModel> {
	let script: Turn[] = [];
	let requests: CompletionRequest[] = [];

	const answer = async (request: IncomingMessage) => {
		if (request.url !== '/v1/chat/completions') return undefined;
		requests.push((await json(request)) as CompletionRequest);
		const turn = script[requests.length - 1] ?? 'The script is at its end.';
		return {
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: 1,
			model: 'scripted',
			choices: [
				{
					index: 0,
					finish_reason: typeof turn === 'string' ? 'stop' : 'tool_calls',
					message: messageOf(turn, requests.length),
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	};
	const server = createServer((request, response) => {
		void answer(request).then((body) => {
			response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body ?? { error: { message: `No ${String(request.url)}` } }));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	const messages = (wanted: string) =>
		(requests.at(-1)?.messages ?? [])
			.filter(({ role }) => role === wanted)
			.map(({ content }) => content);

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		offered: () => (requests.at(-1)?.tools ?? []).map((tool) => tool.function),
		results: () => messages('tool'),
		told: (role) => messages(role),
		play: (...turns) => {
			script = turns;
			requests = [];
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
