import fc from 'fast-check';

import { confirmBody, initBody, noObject, saying, truncated } from './apiBodies';
import { location, refused, stored } from './storageBodies';

/** A whole answer of a server. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string;
	/** The connection ends before the body does. */
	isCut: boolean;
}

/** One upload that meets one odd answer. */
export interface OddCase {
	operation: 'uploadDocument' | 'initUpload' | 'confirmUpload';
	/** Which of the upload's answers is the odd one. */
	stage: 'init' | 'storage' | 'confirm';
	fileName: string;
	maxRetries: number;
	answer: Answer;
}

const someStatus = fc.oneof(
	fc.constantFrom(
		200,
		201,
		202,
		203,
		206,
		300,
		301,
		302,
		303,
		305,
		307,
		308,
		400,
		401,
		402,
		403,
		404,
	),
	fc.constantFrom(
		405,
		409,
		411,
		412,
		413,
		416,
		418,
		422,
		429,
		431,
		451,
		500,
		501,
		502,
		503,
		504,
		505,
		520,
		599,
	),
);

/** Never a wait that tests would feel: at once, or longer than the node waits for. */
const retryAfter = fc.constantFrom('0', 'Wed, 21 Oct 2015 07:28:00 GMT', '3600', '9'.repeat(30));

function answers(
	body: fc.Arbitrary<string>,
	usual: number,
	headers: Record<string, fc.Arbitrary<string>> = {},
): fc.Arbitrary<Answer> {
	return fc.record({
		status: fc.oneof(
			{ weight: 7, arbitrary: fc.constant(usual) },
			{ weight: 2, arbitrary: someStatus },
		),
		headers: fc.record(
			{ 'retry-after': retryAfter, ...headers },
			{ requiredKeys: [], noNullPrototype: true },
		),
		body,
		isCut: fc.nat(19).map((number) => number === 0),
	});
}

const api = (body: fc.Arbitrary<string>) =>
	answers(fc.oneof({ weight: 6, arbitrary: body }, saying, noObject, truncated), 200, {
		location,
		'content-type': fc.constantFrom('text/html', 'application/json', 'x'),
	});
const encryption = fc.constantFrom('AES256', 'aws:kms', 'odd');
const storage = fc.oneof(
	{
		weight: 4,
		arbitrary: answers(fc.oneof({ weight: 6, arbitrary: stored }, noObject), 201, {
			location,
			'x-amz-server-side-encryption': encryption,
		}),
	},
	{ weight: 3, arbitrary: answers(refused, 403) },
	{
		weight: 1,
		arbitrary: answers(fc.constant(''), 307).chain((answer) =>
			location.map((to) => ({ ...answer, headers: { ...answer.headers, location: to } })),
		),
	},
);

const what = fc.oneof(
	api(initBody).map((answer) => ({ stage: 'init' as const, answer })),
	api(confirmBody).map((answer) => ({ stage: 'confirm' as const, answer })),
	storage.map((answer) => ({ stage: 'storage' as const, answer })),
);

export const oddCase: fc.Arbitrary<OddCase> = fc
	.record({
		what,
		isOneStep: fc.boolean(),
		fileName: fc.oneof(
			{ weight: 30, arbitrary: fc.constantFrom('a.bin', 'b c.bin', 'ä.bin') },
			// n8n finds the names of Node.js' codes in them.
			{ weight: 1, arbitrary: fc.constantFrom('preexisting.bin', 'filepermissions.bin') },
		),
		maxRetries: fc.constantFrom(0, 0, 1),
	})
	.map(({ what: { stage, answer }, isOneStep, ...rest }) => {
		const step = stage === 'init' ? 'initUpload' : 'confirmUpload';
		// The one step alone has an option for how often to try again what was cut.
		const hasOption = isOneStep || stage === 'storage' || answer.isCut;
		const operation = hasOption ? 'uploadDocument' : step;
		return { operation, stage, answer, ...rest };
	});
