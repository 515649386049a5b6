import { setTimeout as delay } from 'node:timers/promises';

import { startOneCodex } from '../onecodex';
import { meetAnswers } from './badInput/answerCases';
import { sendFieldMaps } from './badInput/fieldMapCases';
import { startFormServer } from './badInput/formServer';
import { nameableCases, sendNames, uploadNames } from './badInput/nameCases';
import {
	callWithCredentials,
	sendWithParameters,
	uploadWithTimeouts,
} from './badInput/parameterCases';
import type { Outcomes } from './badInput/outcomes';
import { closedAfterTest } from './closing';
import { startFront } from './front';

const NAMES = 4_000;
const WHOLE_UPLOADS = 150;
const PLAUSIBLE_MAPS = 1_000;
const ODD_MAPS = 1_500;
const PARAMETERS = 500;
const ANSWERS = 3_000;

// Promises that nobody waits for fail these tests too: jest takes an unhandled rejection for theirs.
jest.setTimeout(300_000);

function assertGood(title: string, outcomes: Outcomes): void {
	console.log(outcomes.report(title));
	expect(outcomes.failures()).toEqual([]);
}

it(`${NAMES} file names: each file is stored under a name that One Codex takes`, async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const outcomes = await sendNames(oneCodex, NAMES);
	assertGood('File names in Upload File', outcomes);
	expect(outcomes.succeeded()).toBe(nameableCases(NAMES));
});

it.each([
	['one step', ['uploadDocument']],
	['three steps', ['initUpload', 'uploadFile', 'confirmUpload']],
])(`${WHOLE_UPLOADS} file names: each makes a document in %s`, async (way, operations) => {
	const oneCodex = closedAfterTest(await startOneCodex({ requestsPerSecond: 0 }));
	const outcomes = await uploadNames(oneCodex, WHOLE_UPLOADS, operations);
	assertGood(`File names in ${way}`, outcomes);
	expect(outcomes.succeeded()).toBe(nameableCases(WHOLE_UPLOADS));
});

it(`${PLAUSIBLE_MAPS + ODD_MAPS} field maps: each arrives as it is, or is refused`, async () => {
	const storage = closedAfterTest(await startFormServer());
	assertGood('Field maps', await sendFieldMaps(storage, PLAUSIBLE_MAPS, ODD_MAPS));
});

it(`${PARAMETERS} sets of parameters: each sends the file, or is refused`, async () => {
	const storage = closedAfterTest(await startFormServer());
	assertGood('Parameters', await sendWithParameters(storage, PARAMETERS));
});

it('credentials that cannot be used are refused', async () => {
	assertGood('Credentials', await callWithCredentials());
});

it('an Idle Timeout of any length leaves time for the upload, or is refused', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	// As slow as a service may be: one that answers at once hides that there is no time.
	const front = closedAfterTest(
		await startFront(oneCodex.baseUrl, async () => await delay(100, false)),
	);
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
	assertGood('Idle Timeout', await uploadWithTimeouts(credentials));
});

it(`${ANSWERS} answers: each makes an upload that is right, or a documented error`, async () => {
	assertGood('Answers', await meetAnswers(ANSWERS));
});
