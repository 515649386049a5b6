import type { IDataObject } from 'n8n-workflow';

import { analysisAnswer } from '../OneCodex/api/answers/analysis';
import { documentAnswer } from '../OneCodex/api/answers/document';
import { sampleAnswer } from '../OneCodex/api/answers/sample';
import { unexpected } from '../OneCodex/api/answers/shape';
import { ANALYSES_PATH, DOCUMENTS_PATH, SAMPLES_PATH } from '../OneCodex/api/paths';
import { analysisJson, simpleAnalysisJson } from '../OneCodex/resources/analysis/analysisJson';
import { documentJson, simpleDocumentJson } from '../OneCodex/resources/document/documentJson';
import { sampleJson, simpleSampleJson } from '../OneCodex/resources/sample/sampleJson';
import type { Entry } from './entry';
import type { EventName } from './fields';
import { ofAnalyses, ofDocuments, ofSamples, type Filters } from './filters';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What there is of a kind, and how an item shows it. */
interface Kind<T extends Entry = Entry> {
	/** In errors. */
	name: string;
	path: string;
	/** Whether One Codex gives pages that nothing slips out of, whatever happens meanwhile. */
	isByCursor?: boolean;
	/** @throws OneCodexError (service) */
	read: (answer: unknown) => T;
	toJson(entry: T): IDataObject;
	toSimpleJson(entry: T): IDataObject;
	/** @throws OneCodexError (input) that names the filter */
	filters(given: IDataObject): Filters;
}

/** What a workflow starts for. */
export interface Event {
	kind: Kind;
	/** What an entry is like that is so, as One Codex's `where`. */
	where: IDataObject;
	/** What one is like that may come to be so, where anything else changes `time`, too. */
	notYet?: IDataObject;
	/** Which of its times tells when an entry came to be so. */
	time: 'created_at' | 'updated_at';
	/** Milliseconds that an entry may show up after its time. */
	lateness: number;
}

const kindOf = <T extends Entry>(kind: Kind<T>): Kind => kind as unknown as Kind;

const DOCUMENT = kindOf({
	name: 'document',
	path: DOCUMENTS_PATH,
	read: documentAnswer,
	toJson: documentJson,
	toSimpleJson: simpleDocumentJson,
	filters: ofDocuments,
});

const SAMPLE = kindOf({
	name: 'sample',
	path: SAMPLES_PATH,
	isByCursor: true,
	read: sampleAnswer,
	toJson: sampleJson,
	toSimpleJson: simpleSampleJson,
	filters: ofSamples,
});

const ANALYSIS = kindOf({
	name: 'analysis',
	path: ANALYSES_PATH,
	read: analysisAnswer,
	toJson: analysisJson,
	toSimpleJson: simpleAnalysisJson,
	filters: ofAnalyses,
});

const NOT_READY = { status: { $in: ['awaiting_data', 'importing', 'validating'] } };

export const EVENTS = {
	/** One that failed may have no `updated_at`, so it is looked for among those of a week. */
	analysisFailed: {
		kind: ANALYSIS,
		where: { complete: { $eq: true }, success: { $eq: false } },
		time: 'created_at',
		lateness: 7 * DAY_MS,
	},
	analysisSucceeded: {
		kind: ANALYSIS,
		where: { complete: { $eq: true }, success: { $eq: true } },
		time: 'updated_at',
		lateness: DAY_MS,
	},
	/** Created when its upload begins, and listed when that is confirmed. */
	documentUploaded: { kind: DOCUMENT, where: {}, time: 'created_at', lateness: DAY_MS },
	sampleAvailable: {
		kind: SAMPLE,
		where: { status: { $eq: 'available' } },
		notYet: NOT_READY,
		time: 'updated_at',
		lateness: DAY_MS,
	},
	sampleFailed: {
		kind: SAMPLE,
		where: { status: { $eq: 'failed_validation' } },
		notYet: NOT_READY,
		time: 'updated_at',
		lateness: DAY_MS,
	},
} satisfies Record<EventName, Event>;

/** When an entry came to be so, in One Codex's time (ms). @throws OneCodexError (service) */
export function timeOf(entry: Entry, { kind, time }: Event): number {
	const at = Date.parse(String(entry[time] ?? entry.created_at));
	if (Number.isNaN(at)) throw unexpected(`for a ${kind.name}`, time);
	return at;
}
