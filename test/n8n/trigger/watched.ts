import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { OneCodexStandIn } from '../../onecodex';
import type { RestClient } from '../rest';
import { outputOf } from '../run';
import { until } from '../until';
import { chain, noOperation, oneCodexTrigger, workflow } from '../workflow';

/** An active workflow that begins with the trigger. */
export class Watched {
	private readonly ended = new Map<string, { items: IDataObject[]; error?: string }>();

	private constructor(
		readonly id: string,
		private readonly event: string,
		private readonly client: RestClient,
		private readonly service: OneCodexStandIn,
	) {}

	static async begin(
		id: string,
		event: string,
		client: RestClient,
		service: OneCodexStandIn,
		parameters: IDataObject = {},
	): Promise<Watched> {
		const watched = new Watched(id, event, client, service);
		await client.addWorkflow(watched.workflow(parameters));
		await watched.activate(parameters);
		return watched;
	}

	/** Gives the trigger other parameters. */
	async change(parameters: IDataObject): Promise<void> {
		await this.client.changeWorkflow(this.workflow(parameters));
		await this.activate(parameters);
	}

	/** The items that the workflow has run for, all executions together. */
	async items(): Promise<IDataObject[]> {
		await this.look();
		return [...this.ended.values()].flatMap(({ items }) => items);
	}

	/** What polls failed with. */
	async errors(): Promise<string[]> {
		await this.look();
		return [...this.ended.values()].flatMap(({ error }) => error ?? []);
	}

	/** How often it has run. */
	async executions(): Promise<number> {
		await this.look();
		return this.ended.size;
	}

	async names(): Promise<unknown[]> {
		return (await this.items()).map(({ filename }) => filename);
	}

	/** Waits until it has run for these, in whatever order, and that nothing more comes after. */
	async gets(...expected: string[]): Promise<void> {
		await until(`${this.id} gets ${expected.slice(0, 5).join()}`, async () => {
			const names = await this.names();
			return names.length >= expected.length;
		});
		await this.polls(2);
		expect((await this.names()).sort()).toEqual([...expected].sort());
	}

	/** Waits for polls of its list, by anybody, that come from now on. */
	async polls(count: number): Promise<void> {
		const lists = () => this.service.requests.filter(isList).length;
		const before = lists();
		await until(`${count} polls`, () => lists() >= before + count);
	}

	private async activate(parameters: IDataObject): Promise<void> {
		const before = this.service.requests.length;
		const values = Object.values(parameters.filters ?? {}).map(String);
		await this.client.activate(this.id);
		await begins(this.service, this.event, { before, values });
	}

	private async look(): Promise<void> {
		for (const { id } of await this.client.ended(this.id)) {
			if (this.ended.has(id)) continue;
			const run = await this.client.result(id);
			const error = run.resultData.error?.message;
			const items = error ? [] : outputOf(run, 'One Codex Trigger');
			this.ended.set(id, { items: items.map(({ json }) => json), error });
		}
	}

	private workflow(parameters: IDataObject) {
		return workflow(this.id, chain(oneCodexTrigger(this.event, parameters), noOperation('After')));
	}
}

/** What is in the address of a list that an event asks for, and in no other's. */
const WORDS: Record<string, string> = {
	analysisFailed: '"success":{"$eq":false}',
	analysisSucceeded: '"success":{"$eq":true}',
	documentUploaded: '/documents?',
	sampleAvailable: '"status":{"$eq":"available"}',
	sampleFailed: '"status":{"$eq":"failed_validation"}',
};

/**
 * Waits until a trigger of an active workflow has listed what came since, and again: n8n may begin
 * after its answer, and without durable cursors keeps what the first poll began with some time later.
 *
 * @param before how many requests there were when it was activated
 * @param values of its filters, as far as the list is asked for them
 */
export async function begins(
	service: OneCodexStandIn,
	event: string,
	{ before, values = [] }: { before: number; values?: string[] },
): Promise<void> {
	const words = ['"$gte"', WORDS[event], ...values];
	await until(`${event} begins`, () => {
		const lists = service.requests.slice(before).filter((request) => {
			const path = decodeURIComponent(request.path);
			return isList(request) && words.every((word) => path.includes(word));
		});
		return lists.length > 1;
	});
	await delay(1_000);
}

/** A whole list, or a page of it. */
export const isList = ({ path }: { path: string }) =>
	/^\/api\/v1\/(documents|samples|analyses)\?/.test(path);
