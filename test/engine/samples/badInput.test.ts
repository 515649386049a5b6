import { startOneCodex } from '../../onecodex';
import { listSamples, updateSamples, uploadSamples } from '../badInput/sampleCases';
import { closedAfterTest } from '../closing';

jest.setTimeout(300_000);

it.each([
	['uploads', 400, uploadSamples],
	['changes', 300, updateSamples],
	['lists', 300, listSamples],
])(
	'%s of samples, %i by parameters of any kind: each goes, or is refused at once',
	async (title, count, send) => {
		const oneCodex = closedAfterTest(await startOneCodex({ requestsPerSecond: 0 }));
		const outcomes = await send(oneCodex, count);
		console.log(outcomes.report(`Samples: ${title}`));
		expect(outcomes.failures()).toEqual([]);
		expect(outcomes.succeeded()).toBeGreaterThan(count / 10);
	},
);
