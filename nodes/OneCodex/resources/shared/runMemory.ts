import type {
	IContextObject,
	IDataObject,
	IExecuteSingleFunctions,
	IWorkflowDataProxyData,
} from 'n8n-workflow';

import { isObject } from '../../types';

/** What n8n gives operations of both kinds. */
type Context = Pick<
	IExecuteSingleFunctions,
	'continueOnFail' | 'getContext' | 'getExecutionId' | 'getNode'
> & { getWorkflowDataProxy(itemIndex: number): IWorkflowDataProxyData };

/** Something that was done, and what the node gives out for it. */
interface Entry {
	/** What it was done with, to be compared. */
	subject: string;
	execution: string;
	json: IDataObject;
}

interface Saved {
	run: number;
	done: Record<string, Entry>;
}

/** The name in the node's context. */
const NAME = 'done';

/** More than anybody begins anew at once; an entry takes about 400 bytes. */
const MOST_ENTRIES = 10_000;

/**
 * What a run of the node has done so far. Where the run fails, Retry On Fail and n8n's Retry button
 * have the node begin with its first item again, and what is done must not be done twice. It is in
 * the node's context, which n8n saves with the execution: no more than the output would have been,
 * so no key and no policy.
 *
 * It holds one run. The next one, as in a loop, begins with nothing, whatever became of the last.
 */
export class RunMemory {
	private readonly node: IContextObject;

	private readonly execution: string;

	private readonly done: Saved['done'];

	private room: number;

	/** A run that goes on after errors is not begun anew, unless n8n is to retry it. */
	private readonly isOfUse: boolean;

	constructor(context: Context) {
		this.node = context.getContext('node');
		this.execution = context.getExecutionId();
		this.isOfUse = !context.continueOnFail() || context.getNode().retryOnFail === true;
		const run = Number(context.getWorkflowDataProxy(0).$runIndex ?? 0);
		const saved = this.saved();
		this.done = saved?.run === run ? saved.done : {};
		this.room = MOST_ENTRIES - this.size;
		if (this.isOfUse) this.node[NAME] = { run, done: this.done } satisfies Saved;
		else delete this.node[NAME];
	}

	/**
	 * What was given out for this, if it was done.
	 *
	 * @param position where in the input: '2', or '2.0' for the first file of the third item
	 */
	recall(position: string, subject: () => string) {
		const entry = Object.hasOwn(this.done, position) ? this.done[position] : undefined;
		if (!entry || entry.subject !== subject()) return undefined;
		// n8n's Retry button makes another execution, and may be pressed days later.
		return { json: { ...entry.json }, isOfThisExecution: entry.execution === this.execution };
	}

	remember(position: string, subject: () => string, json: IDataObject): void {
		if (!this.isOfUse || this.room <= 0) return;
		if (!Object.hasOwn(this.done, position)) this.room--;
		this.done[position] = { subject: subject(), execution: this.execution, json };
	}

	get size(): number {
		return Object.keys(this.done).length;
	}

	/** What was given out for all that is done. */
	get outputs(): IDataObject[] {
		return Object.values(this.done).map(({ json }) => json);
	}

	/** At the end of a run that leaves nothing to be done. */
	forget(): void {
		if (this.saved()?.done === this.done) delete this.node[NAME];
	}

	private saved(): Saved | undefined {
		const saved = this.node[NAME] as unknown;
		return isObject(saved) && isObject(saved.done) ? (saved as unknown as Saved) : undefined;
	}
}
