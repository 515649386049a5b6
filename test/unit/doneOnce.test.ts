import { doneOnce } from '../../nodes/OneCodex/api/doneOnce';
import { OneCodexError } from '../../nodes/OneCodex/errors/oneCodexError';

const answered = (httpCode: number) =>
	new OneCodexError('service', `status ${httpCode}`, { httpCode, retryAfter: 0 });
const lost = () => new OneCodexError('network', 'lost', { code: 'ECONNRESET', retryAfter: 0 });

/** What it does where each sending fails in its way, and what was looked up is this. */
async function done(failures: Error[], found: Array<string | undefined | Error>, stopAt = '') {
	const stop = new AbortController();
	const steps: string[] = [];
	const step = async <T>(name: string, outcome: T | Error): Promise<T> => {
		steps.push(name);
		if (name === stopAt) stop.abort(new Error('stopped'));
		return await (outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome));
	};
	const result = await doneOnce<string | undefined>(
		{ maxRetries: 2, signal: stop.signal },
		async () => await step('send', failures.shift() ?? 'sent'),
		async () => await step('look', found.shift()),
	).catch(({ message }: Error) => `failed: ${message}`);
	return [result, ...steps];
}

describe('what is to be done once', () => {
	it.each([
		['is not looked up where it succeeds', [], [], ['sent', 'send']],
		['counts as done where it is there', [lost()], ['there'], ['there', 'send', 'look']],
		[
			'is sent again where it is not there',
			[answered(503)],
			[undefined],
			['sent', 'send', 'look', 'send'],
		],
		[
			'is sent again where it cannot be looked up',
			[lost()],
			[answered(404)],
			['sent', 'send', 'look', 'send'],
		],
		['is sent again where it was not carried out', [answered(429)], [], ['sent', 'send', 'send']],
		[
			'may be under way where it was done otherwise',
			[answered(409), answered(409)],
			[undefined, 'there'],
			['there', 'send', 'look', 'send', 'look'],
		],
		[
			'fails for good with what the sending failed with',
			[answered(400)],
			[answered(500)],
			['failed: status 400', 'send', 'look'],
		],
		...[401, 402, 403].map((status): [string, Error[], string[], string[]] => [
			`is not looked up by who may not ask, status ${status}`,
			[answered(status)],
			['there'],
			[`failed: status ${status}`, 'send'],
		]),
	])('%s', async (_, failures, found, expected) => {
		expect(await done(failures, found)).toEqual(expected);
	});

	it('is not looked up after a stop, and not done by one that stopped while it was', async () => {
		expect(await done([lost()], ['there'], 'send')).toEqual(['failed: stopped', 'send']);
		expect(await done([lost()], ['there'], 'look')).toEqual(['failed: stopped', 'send', 'look']);
	});
});
