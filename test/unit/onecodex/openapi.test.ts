import { routes } from '../../onecodex/api/server';
import { kindsOf } from '../../onecodex/api/fields';
import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { answerProblem, bodyProblem } from '../../onecodex/openapi/check';
import { componentSchemas, operationOf } from '../../onecodex/openapi/document';
import { OTHER_ANSWERS, TAKE_BARE_IDS, UNDOCUMENTED_ROUTES } from '../../onecodex/openapi/slips';
import { apiClient } from './client';

const ID = '0123456789abcdef';
const names = routes.map(({ method, path }) => `${method} ${path}`);

test('every route is one of the description, but for those that it names in answers only', () => {
	const unknown = routes.filter(({ method, path }) => !operationOf(method, path));
	expect(unknown.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
		UNDOCUMENTED_ROUTES,
	);
	expect(new Set(names).size).toBe(names.length);
});

test('every slip of the description that is listed is one of a route that there is', () => {
	for (const slip of Object.keys(OTHER_ANSWERS)) expect(names).toContain(slip);
	for (const slip of TAKE_BARE_IDS) {
		const [method, path] = slip.split(' ');
		expect(operationOf(method, path)?.requestBody).toBeDefined();
	}
});

test.each(['documents', 'users', 'samples', 'metadata', 'tags', 'projects', 'jobs', 'analyses'])(
	'what %s are asked for is what they have',
	(resource) => {
		const hidden = ['draft'];
		const fields = Object.keys(componentSchemas[resource].properties ?? {});
		expect([...fields, ...hidden]).toEqual(expect.arrayContaining(Object.keys(kindsOf(resource))));
	},
);

describe('a stand-in that errs', () => {
	let standIn: OneCodexStandIn;
	beforeEach(async () => {
		standIn = await startOneCodex();
	});

	test.each(['reset', 'close'] as const)('is seen by the client, and on %s', async (end) => {
		const document = standIn.seed({ filename: 'a.txt', size: 1 });
		document.createdAt = 'yesterday';
		const { status, text } = await apiClient(standIn).get(`/documents/${document.id}`);
		expect([status, text]).toEqual([500, expect.stringContaining('created_at')]);
		expect(standIn.violations).toEqual([expect.stringContaining('created_at')]);
		await expect((async () => await standIn[end]())()).rejects.toThrow('created_at');
		await standIn.close();
	});
});

const DOCUMENT = { method: 'GET', path: '/api/v1/documents/:id' };
const document = {
	$uri: `/api/v1/documents/${ID}`,
	created_at: '2026-01-05T09:00:00Z',
	downloaders: [],
	filename: 'a.txt',
	size: 1,
	uploader: { $ref: `/api/v1/users/${ID}` },
};

test.each<[what: string, body: unknown, named: string | undefined]>([
	['a document', document, undefined],
	[
		'an expanded one',
		{ ...document, uploader: { $uri: `/api/v1/users/${ID}`, email: null } },
		undefined,
	],
	['one without a name', { ...document, filename: undefined }, 'filename'],
	['one with a field of our own', { ...document, checksum: '' }, 'checksum'],
	['a reference to nothing', { ...document, uploader: {} }, 'uploader'],
	[
		'a reference to another thing',
		{ ...document, uploader: { $ref: `/api/v1/tags/${ID}` } },
		'uploader',
	],
	['a date without a zone', { ...document, created_at: '2026-01-05T09:00:00' }, 'created_at'],
	['a list', [document], 'array'],
])('an answer: %s', (_what, body, named) => {
	const json = JSON.parse(JSON.stringify(body)) as unknown;
	const problem = answerProblem(DOCUMENT, { status: 200, body: json });
	if (named === undefined) expect(problem).toBeUndefined();
	else expect(problem).toContain(named);
});

test('an answer of another status, a body where there is none, and another route are problems', () => {
	expect(answerProblem(DOCUMENT, { status: 201, body: document })).toContain('201');
	const deletion = { ...DOCUMENT, method: 'DELETE' };
	expect(answerProblem(deletion, { status: 204 })).toBeUndefined();
	expect(answerProblem(deletion, { status: 204, body: {} })).toContain('no body');
	expect(answerProblem({ method: 'GET', path: '/api/v1/notebooks' }, { status: 200 })).toContain(
		'no route',
	);
});

test('the one tag that was asked for is right, and the list of the description is not', () => {
	const route = { method: 'GET', path: '/api/v1/tags/:id' };
	const tag = { $uri: `/api/v1/tags/${ID}`, name: 'gut' };
	expect(answerProblem(route, { status: 200, body: tag })).toBeUndefined();
	expect(answerProblem(route, { status: 200, body: [tag] })).toBeDefined();
});

const INIT = { method: 'POST', path: '/api/v1/samples/init_multipart_upload' };

test.each<[what: string, body: object, named: string | undefined]>([
	['a name', { filename: 'a.fq' }, undefined],
	[
		'as the vendor’s client sends it',
		{ sample_id: null, external_sample_id: null, filename: 'a.fq', project: ID },
		undefined,
	],
	[
		'a project by reference',
		{ filename: 'a.fq', project: { $ref: `/api/v1/projects/${ID}` } },
		undefined,
	],
	['a project by nothing', { filename: 'a.fq', project: {} }, 'project'],
	['a name in camelCase', { filename: 'a.fq', sampleId: ID }, 'sampleId'],
	[
		'a field of metadata in camelCase',
		{ filename: 'a.fq', metadata: { sampleType: 'Other' } },
		'sampleType',
	],
	['a record’s sample in it', { filename: 'a.fq', metadata: { sample: ID } }, 'sample'],
	[
		'a sequencer that is not known',
		{ filename: 'a.fq', metadata: { platform: 'MiSeq' } },
		'platform',
	],
	['tags as text', { filename: 'a.fq', tags: ['gut'] }, 'tags.0'],
	['a tag of 31 characters', { filename: 'a.fq', tags: [{ name: 'a'.repeat(31) }] }, 'tags.0.name'],
])('a body: %s', (_what, body, named) => {
	const problem = bodyProblem(INIT, body);
	if (named === undefined) expect(problem).toBeUndefined();
	else expect(problem).toContain(named);
});
