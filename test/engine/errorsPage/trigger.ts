import { types } from 'node:util';

import type { INodeParameters } from 'n8n-workflow';

import { Poller } from '../trigger/polling';
import { faulty, type Scenario, type Scenarios } from './failing';

/** Fetches a test event. @returns the message that it fails with */
const testing =
	(parameters: INodeParameters): Scenario =>
	async () => {
		const poller = new Poller(await faulty(() => undefined), parameters);
		return await messageOf(poller);
	};

async function messageOf(poller: Poller): Promise<string> {
	const failure: unknown = await poller.test().then(
		() => undefined,
		(error: unknown) => error,
	);
	// Not of the class that jest has for the tests.
	if (!types.isNativeError(failure)) throw new Error('It did not fail');
	return failure.message;
}

async function stalled(): Promise<string> {
	const poller = new Poller(await faulty(() => ({ kind: 'stall' })), {});
	poller.budget = 100;
	return await messageOf(poller);
}

const filtered = (filters: INodeParameters) => testing({ event: 'analysisFailed', filters });

/** What a trigger says, of its fields and of its polls. */
export const trigger: Scenarios = {
	'Event must be one of ...': testing({ event: 'sunrise' }),
	'Analysis Type is ...': filtered({ analysisType: '={{ [1] }}' }),
	'Project is ...': filtered({ projectId: '={{ undefined }}' }),
	'There is no ... yet that fits the event and the filters': testing({}),
	'The poll did not end in the time that n8n gives it': stalled,
};
