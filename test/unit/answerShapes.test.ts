import { accountUser } from '../../nodes/OneCodex/api/answers/account';
import { documentAnswer } from '../../nodes/OneCodex/api/answers/document';
import { sampleAnswer, sampleUploadAnswer } from '../../nodes/OneCodex/api/answers/sample';
import { idOfReference, isReferenceTo, pathOf } from '../../nodes/OneCodex/api/answers/shape';
import {
	confirmUploadAnswer,
	initUploadAnswer,
	multipartAnswer,
} from '../../nodes/OneCodex/api/answers/upload';
import { userAnswer } from '../../nodes/OneCodex/api/answers/user';

const ID = '0123456789abcdef';
const ref = (collection: string) => ({ $ref: `/api/v1/${collection}/${ID}` });

const LENT = {
	callback_url: '/api/import_file_from_s3',
	file_id: 'key/of the object',
	s3_bucket: 'Bucket_1.x-y',
	upload_aws_access_key_id: 'AKIA',
	upload_aws_secret_access_key: 'secret',
};

/** Values that are of no use where there should be text. */
const NO_TEXT = [undefined, null, 5, true, [], {}];
/** And for what is not to be empty. */
const NO_WORD = [...NO_TEXT, ''];
const NO_REFERENCE = [undefined, null, ID, [], {}, { $ref: 5 }, { ref: ID }];
const NO_URI = [...NO_TEXT, '', '/api/v1/', ID];

type Wrong = Record<string, unknown[]>;

/** A reader, an answer that it takes, what it makes of it, and fields with what it does not take. */
const READERS: Array<[string, (answer: unknown) => unknown, object, unknown, Wrong]> = [
	[
		'a document',
		documentAnswer,
		{
			$uri: `/api/v1/documents/${ID}`,
			filename: '',
			size: null,
			created_at: '2026',
			uploader: ref('users'),
			downloaders: [ref('users')],
			more: 1,
		},
		undefined,
		{
			$uri: [
				...NO_URI,
				`/api/v1/documents/${ID}0`,
				`/api/v1/documents/${ID}/x`,
				`/api/v1/samples/${ID}`,
				`/api/v1/documents/${ID.toUpperCase()}`,
			],
			filename: NO_TEXT,
			size: [undefined, '5', true, {}],
			created_at: NO_TEXT,
			uploader: NO_REFERENCE,
			downloaders: [undefined, null, {}, ref('users'), [ref('users'), null], [ID]],
		},
	],
	[
		'a sample',
		sampleAnswer,
		{
			$uri: `/api/v1/samples/${ID}`,
			created_at: '2026',
			visibility: 'private',
			metadata: ref('metadata'),
			primary_classification: { $uri: ref('classifications').$ref },
			project: ref('projects'),
			more: 1,
		},
		undefined,
		{
			$uri: [...NO_URI, `/api/v1/samples/${ID}0`, `/api/v1/documents/${ID}`],
			created_at: NO_TEXT,
			visibility: NO_TEXT,
			metadata: [...NO_REFERENCE, ref('projects'), { $ref: `/api/v1/metadata/${ID}0` }],
			primary_classification: [5, ID, {}, [], ref('projects')],
			project: [5, ID, {}, [], ref('metadata')],
		},
	],
	[
		'the upload of a sample',
		sampleUploadAnswer,
		{ ...LENT, sample_id: ID, paired_end_file_id: 'other key' },
		{
			callback_url: LENT.callback_url,
			file_id: LENT.file_id,
			s3_bucket: LENT.s3_bucket,
			keys: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
			sample_id: ID,
			paired_end_file_id: 'other key',
		},
		{
			sample_id: [...NO_WORD, `${ID}0`, ID.slice(1), `/${ID.slice(1)}`],
			paired_end_file_id: [5, true, '', {}],
		},
	],
	[
		'an init',
		initUploadAnswer,
		{ document_id: ID, upload_url: 'https://x', additional_fields: {}, more: 1 },
		undefined,
		{
			document_id: [...NO_WORD, `${ID}0`, ID.slice(1), ID.toUpperCase()],
			upload_url: NO_TEXT,
			additional_fields: [undefined, null, [], 'x', 5],
		},
	],
	[
		'an upload in parts',
		multipartAnswer,
		{ ...LENT, import_as_document: false },
		{
			callback_url: LENT.callback_url,
			file_id: LENT.file_id,
			s3_bucket: LENT.s3_bucket,
			keys: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
			import_as_document: false,
		},
		{
			import_as_document: [null, 'true', 1],
			// The key goes where this points.
			callback_url: [
				...NO_WORD,
				'api/x',
				'//evil.example/x',
				'/\\evil.example',
				'/x?y',
				'/x#y',
				'https://evil.example/x',
			],
			file_id: NO_WORD,
			s3_bucket: [...NO_WORD, 'a/b', 'a b', 'a@b', 'a?b'],
			upload_aws_access_key_id: NO_WORD,
			upload_aws_secret_access_key: NO_WORD,
		},
	],
	[
		'a confirmation',
		confirmUploadAnswer,
		{ document: { ...ref('documents'), more: 1 }, message: '', success: true, more: 1 },
		{ document: ref('documents'), message: '', success: true, more: 1 },
		{ document: NO_REFERENCE, message: NO_TEXT, success: [undefined, null, 'true', 1] },
	],
	[
		'a user',
		userAnswer,
		{ $uri: `/api/v1/users/${ID}`, email: null },
		undefined,
		{ $uri: [...NO_URI, `/api/v1/users/${ID}0`], email: [undefined, 5, {}] },
	],
	['an account', accountUser, { user: ref('users') }, ref('users').$ref, { user: NO_REFERENCE }],
];

describe.each(READERS)('the answer for %s', (_, read, answer, expected, wrong) => {
	it('is read', () => expect(read(answer)).toEqual(expected ?? answer));

	const cases = Object.entries(wrong).flatMap(([name, values]) =>
		// As text, a list of one is as the one.
		[...values, [(answer as Record<string, unknown>)[name]]].map((value): [string, unknown] => [
			name,
			value,
		]),
	);
	it.each(cases)('is not one with %s %j', (name, value) => {
		expect(() => read({ ...answer, [name]: value })).toThrow(
			expect.objectContaining({
				kind: 'service',
				message: expect.stringMatching(/^One Codex answered [\w ]*\w without \$?\w/),
				facts: { isTransient: true, description: expect.stringMatching(/Base URL/) },
			}),
		);
	});

	it.each([[undefined], [null], [[]], ['x'], [5]])('is not %j', (other) => {
		expect(() => read(other)).toThrow(/^One Codex answered .* without /);
	});
});

it('answers may leave out what has a default, or be expanded', () => {
	const sample = { $uri: `/api/v1/samples/${ID}`, created_at: '', visibility: '' };
	const metadata = { $uri: ref('metadata').$ref, name: 'x' };
	expect(sampleAnswer({ ...sample, metadata })).toEqual({ ...sample, metadata });
	expect(() => sampleAnswer({ ...sample, metadata, project: null })).not.toThrow();
	expect(multipartAnswer(LENT).import_as_document).toBe(true);
	const user = { $uri: `/api/v1/users/${ID}`, email: 'ada@example.com' };
	expect(userAnswer(user)).toEqual(user);
	const document = { $uri: `/api/v1/documents/${ID}`, filename: 'a', size: 5, created_at: '' };
	const withUsers = { ...document, uploader: ref('users'), downloaders: [] };
	expect(documentAnswer(withUsers)).toEqual(withUsers);
	expect(sampleUploadAnswer({ ...LENT, sample_id: ID }).paired_end_file_id).toBeNull();
	expect(accountUser({ user: { $uri: '/api/v1/users/x' } })).toBe('/api/v1/users/x');
});

it('a confirmation that says it was none is none', () => {
	const answer = { document: ref('documents'), message: 'No\n file', success: false };
	expect(() => confirmUploadAnswer(answer)).toThrow(
		expect.objectContaining({
			kind: 'service',
			message: 'One Codex did not confirm the upload: No file',
			facts: { httpCode: 200, isTransient: true, description: expect.any(String) },
		}),
	);
});

it('a reference names a path, and its ID is the end of it', () => {
	const reference = ref('samples');
	expect(pathOf(reference)).toBe(reference.$ref);
	expect(pathOf({ $uri: '/x' })).toBe('/x');
	expect(pathOf({ $ref: null, $uri: '/x' })).toBe('/x');
	expect(pathOf('x')).toBeUndefined();
	expect(idOfReference(reference)).toBe(ID);
	expect(idOfReference(null)).toBeNull();
	expect(isReferenceTo('samples', reference)).toBe(true);
	expect(isReferenceTo('jobs', reference)).toBe(false);
	expect(isReferenceTo('samples', { $ref: `/api/v1/samples/${ID}/x` })).toBe(false);
});
