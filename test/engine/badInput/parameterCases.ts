import fc from 'fast-check';

import type { RunOptions } from '../engine';
import { NO_SERVICE, runItems, samples } from './cases';
import type { FormServer } from './formServer';
import { anyName } from './names';
import { md5, Outcomes, smallFiles } from './outcomes';

export const anyValue = fc.oneof(anyName, fc.jsonValue());
const ID = '0123456789abcdef';

/** The right value mostly, so that a case has one fault or two. */
const mostly = (right: unknown, ...odd: unknown[]) =>
	fc.oneof(
		{ weight: 6, arbitrary: fc.constant(right) },
		{ weight: 2, arbitrary: fc.constantFrom(...odd) },
		{ weight: 1, arbitrary: anyValue },
	);

const parameters = (url: string) =>
	fc.record({
		uploadUrl: mostly(
			url,
			...[
				'',
				' ',
				'/',
				'ftp://h',
				'file:///etc/passwd',
				'javascript:1',
				'http://h.example/',
				'//h',
			],
			...['https://', 'http://[', 'http://127.0.0.1:99999/', 'HTTP://10.0.0.1', null, 5, {}, []],
		),
		documentId: mostly(
			ID,
			...[`/api/v1/documents/${ID}`, `https://h/documents/${ID}?a=b`, ` ${ID}\n`, `${ID}/`],
			...['', ID.toUpperCase(), ID.slice(1), `${ID}0`, `../${ID}`, null, 5, {}, [ID], { $ref: ID }],
		),
		field: mostly(
			'data',
			'',
			'*',
			' , ',
			'data,',
			'data,other',
			'none',
			'__proto__',
			5,
			null,
			{},
			[],
		),
		maxRetries: mostly(0, -1, 1.5, '0', 'many', true, null, {}, [], 2 ** 53),
		idleTimeout: mostly(5, 0, -1, 0.5, '5', 'long', true, {}, []),
		verifyIntegrity: mostly(true, false, 'true', 0, null, {}, []),
	});

const field = (name: string) => `={{ $json.${name} }}`;
const PARAMETERS = {
	operation: 'uploadFile',
	uploadUrl: field('uploadUrl'),
	uploadFields: { key: 'k' },
	documentId: field('documentId'),
	fileName: 'a.bin',
	binaryPropertyName: field('field'),
	options: {
		maxRetries: field('maxRetries'),
		idleTimeout: field('idleTimeout'),
		verifyIntegrity: field('verifyIntegrity'),
	},
};

/** Sends a file with parameters that expressions give, of any kind. */
export async function sendWithParameters(storage: FormServer, count: number): Promise<Outcomes> {
	const [{ bytes, binary }] = await smallFiles();
	const cases = samples(parameters(storage.baseUrl), count);
	const items = cases.map((json) => ({
		json: json as never,
		binary: { data: binary, other: binary },
	}));
	const outputs = await runItems(items, [PARAMETERS]);
	const outcomes = new Outcomes();
	for (const [index, label] of cases.entries()) {
		const json = outcomes.take(label, outputs[index]);
		if (!json) continue;
		outcomes.demand(json.document_id === ID, 'another document', label);
		outcomes.demand(json.etag === md5(bytes), 'other bytes', label);
	}
	return outcomes;
}

const CREDENTIALS = [
	...['', 'x', '/', 'ftp://127.0.0.1', 'http://onecodex.example', 'http://10.0.0.1', 'file:///a'],
	...['https://', 'javascript:1', 'http://[', 'http://127.0.0.1:99999', 'http://127.0.0.1:9'],
].map((baseUrl) => ({ ...NO_SERVICE, baseUrl }));

/** Calls One Codex with credentials that cannot be used. */
export async function callWithCredentials(): Promise<Outcomes> {
	const [{ binary }] = await smallFiles();
	const outcomes = new Outcomes();
	for (const credentials of [...CREDENTIALS, { ...NO_SERVICE, apiKey: ' ' }]) {
		for (const operation of ['uploadDocument', 'initUpload', 'confirmUpload']) {
			const items = [{ json: { document_id: ID }, binary: { data: binary } }];
			const steps = [{ operation, options: { maxRetries: 0 } }];
			// The declarative ones have no option for how often they try where nothing answers.
			if (operation !== 'uploadDocument' && credentials.baseUrl.endsWith(':9')) continue;
			const label = { operation, ...credentials };
			const [output] = await runItems(items, steps, credentials);
			outcomes.demand(outcomes.take(label, output) === undefined, 'a call', label);
		}
	}
	return outcomes;
}

/** Uploads with time limits from the shortest to the longest that the option takes. */
export async function uploadWithTimeouts(
	credentials: RunOptions['credentials'],
): Promise<Outcomes> {
	const [{ binary }] = await smallFiles();
	const outcomes = new Outcomes();
	for (const idleTimeout of [1, 60, 2 ** 31 / 1_000 - 1, 2 ** 31 / 1_000 + 1, 1e10, 1e300]) {
		const steps = [{ operation: 'uploadDocument', options: { idleTimeout, maxRetries: 0 } }];
		const [output] = await runItems([{ json: {}, binary: { data: binary } }], steps, credentials);
		const json = outcomes.take({ idleTimeout }, output);
		const isRefused = String(output.json.error).startsWith('Idle Timeout');
		const said = String(output.json.error);
		outcomes.demand(json !== undefined || isRefused, 'no time', { idleTimeout }, said);
	}
	return outcomes;
}
