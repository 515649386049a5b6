import { createHash } from 'node:crypto';

import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { documentedWords } from '../../errorsPage';
import { storedBinary } from '../engine';
import { SEED } from './cases';

export const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** Whether a text holds the key, as it is or as Basic auth sends it. */
export const holdsKey = (text: string, apiKey: string): boolean =>
	[apiKey, Buffer.from(`${apiKey}:`).toString('base64')].some((secret) => text.includes(secret));

const SUCCEEDED = 'succeeded';

/** How cases ended, and which of them ended as none must. */
export class Outcomes {
	private readonly documented = documentedWords();
	private readonly counts = new Map<string, number>();
	private readonly complaints = new Map<string, string[]>();
	private cases = 0;

	/** Takes an item that the node gave; returns its JSON where the upload succeeded. */
	take(label: unknown, item: INodeExecutionData | undefined): IDataObject | undefined {
		this.cases++;
		const { error } = item?.json ?? {};
		if (item && error === undefined) {
			this.count(SUCCEEDED);
			return item.json;
		}
		const said = String(error);
		const words = this.documented(said);
		this.count(words ?? 'UNDOCUMENTED');
		if (words === undefined)
			this.complain(`undocumented: ${kindOf(said)}`, `${said} <- ${show(label)}`);
		return undefined;
	}

	/** Notes what must not be. */
	demand(holds: boolean, what: string, label: unknown, detail = ''): void {
		if (!holds) this.complain(what, `${detail} <- ${show(label)}`);
	}

	succeeded(): number {
		return this.counts.get(SUCCEEDED) ?? 0;
	}

	/** Each kind of failure with how often it came and its shortest examples. */
	failures(): string[] {
		return [...this.complaints].map(([what, examples]) => {
			const shortest = examples.sort((one, other) => one.length - other.length).slice(0, 3);
			return [`${examples.length} times ${what}:`, ...shortest.map(clip)].join('\n    ');
		});
	}

	report(title: string): string {
		const rows = [...this.counts].sort(([, one], [, other]) => other - one);
		const lines = rows.map(([words, count]) => `  ${String(count).padStart(5)}  ${words}`);
		return [`${title}, seed ${SEED}: ${this.cases} cases`, ...lines].join('\n');
	}

	private count(words: string): void {
		this.counts.set(words, (this.counts.get(words) ?? 0) + 1);
	}

	private complain(what: string, example: string): void {
		this.complaints.set(what, [...(this.complaints.get(what) ?? []), example]);
	}
}

const show = (label: unknown) => JSON.stringify(label);
/** What errors of a kind share: without the names and values that are quoted, and what follows. */
const kindOf = (said: string) => said.replace(/".*|[:[(].*/s, '…').slice(0, 100);
const clip = (text: string) => (text.length > 500 ? `${text.slice(0, 500)}…` : text);

export interface SmallFile {
	bytes: Buffer;
	binary: IBinaryData;
}

/** A few small files, each in n8n's store once: the cases are in what is said of them. */
export async function smallFiles(): Promise<SmallFile[]> {
	const sizes = [1, 2, 17, 64];
	return await Promise.all(
		sizes.map(async (size) => {
			const bytes = Buffer.from(Array.from({ length: size }, (_, at) => (at * 89 + size) % 256));
			return { bytes, binary: await storedBinary(bytes) };
		}),
	);
}
