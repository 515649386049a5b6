import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type FaultSchedule, type StandInOptions } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { run, storedBinary, type RunOptions } from '../engine';
import { answer, startFront, type Interception } from '../front';

/** Brings an error about and gives its message. */
export type Scenario = () => Promise<string>;

/** By the names of the page's errors. */
export type Scenarios = Record<string, Scenario>;

type Credentials = RunOptions['credentials'];

interface Input {
	credentials?: Credentials;
	json?: IDataObject;
	binary?: INodeExecutionData['binary'];
}

/** Where nothing answers: for what fails before anything is sent. */
export const NOBODY: Credentials = { apiKey: 'key-0123456789', baseUrl: 'http://127.0.0.1:9' };

export const ID = '0123456789abcdef';

/** Each attempt is the last. */
export const AT_ONCE = { maxRetries: 0 };

export const file = async () => await storedBinary(Buffer.from('bytes'), 'a.bin');

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Runs one node on one item. @returns the message that it fails with */
export async function failing(parameters: INodeParameters, input: Input = {}): Promise<string> {
	const { credentials = NOBODY, json = {}, binary = { data: await file() } } = input;
	const { error } = await run({ credentials, items: [{ json, binary }], steps: [parameters] });
	if (!error) throw new Error('It did not fail');
	return error.message;
}

/** Uploads a small file, each request once. */
export const uploading = async (credentials: Credentials, options: INodeParameters = {}) =>
	await failing(
		{ operation: 'uploadDocument', options: { ...AT_ONCE, ...options } },
		{ credentials },
	);

/** One Codex with a fault in its answers. */
export const faulty = async (faults: FaultSchedule, options: StandInOptions = {}) =>
	closedAfterTest(await startOneCodex({ faults, ...options }));

/** A server that answers every request itself. @returns its URL */
export async function serving(intercept: Interception): Promise<string> {
	return closedAfterTest(await startFront(NOBODY.baseUrl, intercept)).baseUrl;
}

/** One Codex, but for one route that answers with this body and these headers. */
export async function answering(
	route: string,
	body: unknown,
	headers: Record<string, string> = {},
) {
	const oneCodex = closedAfterTest(await startOneCodex());
	const front = await startFront(oneCodex.baseUrl, ({ url }, response) => {
		if (!url?.split('?')[0].endsWith(route)) return false;
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		return answer(response, 200, body);
	});
	const { baseUrl } = closedAfterTest(front);
	return { oneCodex, credentials: { apiKey: oneCodex.apiKey, baseUrl } };
}
