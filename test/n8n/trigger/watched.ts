import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject, INode } from 'n8n-workflow';

import type { OneCodexStandIn } from '../../onecodex';
import type { RestClient } from '../rest';
import { outputOf } from '../run';
import { until } from '../until';
import { chain, noOperation, oneCodexTrigger, workflow } from '../workflow';

/** What is watched, and in which n8n. */
interface Place {
	client: RestClient;
	service: OneCodexStandIn;
	/** Another trigger of the same workflow. */
	beside?: INode;
}

/** An active workflow that begins with the trigger. */
export class Watched {
	private readonly ended = new Map<string, { items: IDataObject[]; error?: string }>();

	private constructor(
		readonly id: string,
		private readonly event: string,
		private readonly place: Place,
	) {}

	static async begin(
		id: string,
		event: string,
		place: Place,
		parameters: IDataObject = {},
	): Promise<Watched> {
		const watched = new Watched(id, event, place);
		await place.client.addWorkflow(watched.workflow(parameters));
		await watched.activate(parameters);
		return watched;
	}

	/** Gives the trigger other parameters. */
	async change(parameters: IDataObject): Promise<void> {
		await this.place.client.changeWorkflow(this.workflow(parameters));
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
		const lists = () => this.place.service.requests.filter(isList).length;
		const before = lists();
		await until(`${count} polls`, () => lists() >= before + count);
	}

	private async activate(parameters: IDataObject): Promise<void> {
		const before = this.place.service.requests.length;
		const values = Object.values(parameters.filters ?? {}).map(String);
		await this.place.client.activate(this.id);
		await begins(this.place.service, this.event, { before, values });
	}

	private async look(): Promise<void> {
		for (const { id } of await this.place.client.ended(this.id)) {
			if (this.ended.has(id)) continue;
			const run = await this.place.client.result(id);
			const error = run.resultData.error?.message;
			const items = error ? [] : this.triggers().flatMap(({ name }) => outputOf(run, name));
			this.ended.set(id, { items: items.map(({ json }) => json), error });
		}
	}

	private workflow(parameters: IDataObject) {
		const after = noOperation('After');
		const links = this.triggers(parameters).flatMap((trigger) => chain(trigger, after));
		return workflow(this.id, links);
	}

	private triggers(parameters: IDataObject = {}): INode[] {
		const { beside } = this.place;
		return [oneCodexTrigger(this.event, parameters), ...(beside ? [beside] : [])];
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
 * Waits until a trigger of an active workflow has listed what came since, and twice again: n8n may
 * begin after its answer, and without durable cursors keeps what the first poll began with some time
 * later, on a busy machine more than a poll.
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
		return lists.length > 2;
	});
	await delay(1_000);
}

/** A whole list, or a page of it. */
export const isList = ({ path }: { path: string }) =>
	/^\/api\/v1\/(documents|samples|analyses)\?/.test(path);
