import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { ApiSettings } from '../OneCodex/api/request';
import { isTransient } from '../OneCodex/http/retry';
import { choice } from '../OneCodex/resources/shared/choice';
import type { Entry } from './entry';
import { EVENTS, type Event } from './events';
import { EVENT_NAMES, filtersOf } from './fields';
import { filtersIn } from './filters';

/** What a poll looks for, and in what it is made. */
export interface Watch {
	context: IPollFunctions;
	settings: ApiSettings;
	event: Event;
	/** What is asked for, the time aside. */
	where: IDataObject;
	/** Of entries, those that pass the filters of which `where` knows nothing. */
	passing(entries: Entry[]): Promise<Entry[]>;
	/** What a cursor is for. */
	of: string;
}

/** What fails longer is tried again by the next poll. */
const MAX_RETRIES = 2;
const LONGEST_WAIT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * What the parameters say.
 *
 * @param signal ends the poll
 * @throws OneCodexError
 */
export async function watchOf(context: IPollFunctions, signal: AbortSignal): Promise<Watch> {
	const name = choice(context.getNodeParameter('event', 'sampleAvailable'), EVENT_NAMES, 'Event');
	const event: Event = EVENTS[name];
	const given = filtersIn(context.getNodeParameter('filters', {}), filtersOf(name));
	const filters = event.kind.filters(given);
	const settings: ApiSettings = {
		maxRetries: MAX_RETRIES,
		answerTimeout: ANSWER_TIMEOUT_MS,
		signal,
		shouldRepeat: (error) => isTransient(error) && (error.facts.retryAfter ?? 0) <= LONGEST_WAIT_MS,
	};
	const credential = context.getNode().credentials?.oneCodexApi?.id ?? null;
	return {
		context,
		settings,
		event,
		where: { ...event.where, ...(await filters.where(context, settings)) },
		passing: async (entries) => await filters.passing(context, settings, entries),
		of: JSON.stringify([name, given, credential]),
	};
}
