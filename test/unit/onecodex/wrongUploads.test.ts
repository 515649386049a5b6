import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { OneCodexStandIn } from '../../onecodex';
import { startStandIn } from '../../onecodex/standIn';
import { newSigningKey, sign } from '../../onecodex/storage/policy';
import { basic, type Call, type Initiated, initUpload, send } from './client';
import { BOUNDARY, field, fieldParts, file, formBody, formHeaders, type Part } from './form';

const KIB = 1024;
const CONTENT = 'a report';
const LIMIT = 64 * KIB;
const signingKey = newSigningKey();

let standIn: OneCodexStandIn;
let directory: string;
let initiated: Initiated;
beforeAll(async () => {
	directory = await mkdtemp(join(tmpdir(), 'wrong-uploads-'));
	const options = { directory, maxFileSize: LIMIT, requestsPerSecond: 0 };
	standIn = await startStandIn(options, signingKey);
});
afterAll(async () => {
	await standIn.close();
	await rm(directory, { recursive: true });
});
beforeEach(async () => {
	standIn.reset();
	initiated = await initUpload(standIn, 'report.pdf', CONTENT.length);
});

const REPORT = file('report.pdf', CONTENT);

/** A form as it should be, but for what is changed: undefined leaves a field out. */
function withFields(changes: Record<string, string | undefined>): Part[] {
	const fields = { ...initiated.additional_fields, ...changes };
	const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
	return [...kept.map(([name, value]) => field(name, String(value))), REPORT];
}

/** A form whose policy says what it likes and is signed as it should be. */
function withPolicy(policy: string): Part[] {
	const encoded = Buffer.from(policy).toString('base64');
	return withFields({ policy: encoded, signature: sign(encoded, signingKey) });
}

const post = (body: Buffer, headers = {}): Call => ({
	method: 'POST',
	headers: { ...formHeaders(body), ...headers },
	body,
});
const form = (parts: Part[]): Call => post(formBody(parts));
const correct = (): Part[] => [...fieldParts(initiated), REPORT];
const text = (body: string): Call => post(Buffer.from(body));

const refused: Array<[what: string, status: number, code: string, call: () => Call]> = [
	['GET', 405, 'MethodNotAllowed', () => ({})],
	['PUT', 405, 'MethodNotAllowed', () => ({ ...form(correct()), method: 'PUT' })],
	[
		'the key by Basic',
		400,
		'InvalidArgument',
		() => post(formBody(correct()), { Authorization: basic(standIn.apiKey) }),
	],
	[
		'the key by X-API-Key',
		400,
		'InvalidArgument',
		() => post(formBody(correct()), { 'X-API-Key': standIn.apiKey }),
	],
	[
		'a chunked body',
		411,
		'MissingContentLength',
		() => ({
			method: 'POST',
			headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
			body: Readable.from([formBody(correct())]),
		}),
	],
	[
		'a body that is no form',
		412,
		'PreconditionFailed',
		() => post(Buffer.from(CONTENT), { 'Content-Type': 'application/pdf' }),
	],
	[
		'no boundary declared',
		400,
		'MalformedPOSTRequest',
		() => post(formBody(correct()), { 'Content-Type': 'multipart/form-data' }),
	],
	[
		'another boundary',
		400,
		'MalformedPOSTRequest',
		() => post(formBody(correct()), { 'Content-Type': 'multipart/form-data; boundary=other' }),
	],
	['an empty body', 400, 'MalformedPOSTRequest', () => text('')],
	['text before the form', 400, 'MalformedPOSTRequest', () => text(`x\r\n--${BOUNDARY}--\r\n`)],
	[
		'a form without its last boundary',
		400,
		'MalformedPOSTRequest',
		() => post(formBody(correct()).subarray(0, -4)),
	],
	[
		'a part without a name',
		400,
		'MalformedPOSTRequest',
		() => form([{ disposition: 'form-data', value: 'x' }, ...correct()]),
	],
	[
		'a part that is an attachment',
		400,
		'MalformedPOSTRequest',
		() => form([{ disposition: 'attachment; name="x"', value: 'x' }, ...correct()]),
	],
	[
		'fields above 20 KB',
		400,
		'MaxPostPreDataLengthExceeded',
		() => form([field('x-ignore-filler', 'x'.repeat(20 * KIB)), ...correct()]),
	],
	['no key', 400, 'InvalidArgument', () => form(withFields({ key: undefined }))],
	['an empty key', 400, 'InvalidArgument', () => form(withFields({ key: '' }))],
	[
		'a key above 1024 bytes',
		400,
		'KeyTooLongError',
		() => form(withFields({ key: `${initiated.additional_fields.key}${'x'.repeat(1024)}` })),
	],
	['no policy', 403, 'AccessDenied', () => form(withFields({ policy: undefined }))],
	[
		'no AWSAccessKeyId',
		400,
		'InvalidArgument',
		() => form(withFields({ AWSAccessKeyId: undefined })),
	],
	[
		'an unknown AWSAccessKeyId',
		403,
		'InvalidAccessKeyId',
		() => form(withFields({ AWSAccessKeyId: 'AKIA0000000000000000' })),
	],
	['no signature', 400, 'InvalidArgument', () => form(withFields({ signature: undefined }))],
	[
		'a wrong signature',
		403,
		'SignatureDoesNotMatch',
		() => form(withFields({ signature: sign('another policy', signingKey) })),
	],
	[
		'a policy that was not the one signed',
		403,
		'SignatureDoesNotMatch',
		() => form(withFields({ policy: `${initiated.additional_fields.policy}IA==` })),
	],
	['a policy that is no JSON', 400, 'InvalidPolicyDocument', () => form(withPolicy('{'))],
	[
		'a policy without expiration',
		400,
		'InvalidPolicyDocument',
		() => form(withPolicy('{"conditions":[]}')),
	],
	[
		'a policy with a condition unknown to S3',
		400,
		'InvalidPolicyDocument',
		() => form(withPolicy('{"expiration":"2999-01-01T00:00:00Z","conditions":[["ne","$a","b"]]}')),
	],
	['another acl', 403, 'AccessDenied', () => form(withFields({ acl: 'public-read' }))],
	['no acl', 403, 'AccessDenied', () => form(withFields({ acl: undefined }))],
	['another folder', 403, 'AccessDenied', () => form(withFields({ key: 'user_0/${filename}' }))],
	[
		'another status wanted',
		403,
		'AccessDenied',
		() => form(withFields({ success_action_status: '200' })),
	],
	[
		'a field that the policy does not know',
		403,
		'AccessDenied',
		() => form(withFields({ 'Content-Type': 'application/pdf' })),
	],
	[
		'a field in other letters',
		403,
		'AccessDenied',
		() => form(withFields({ acl: undefined, ACL: 'private' })),
	],
	['a field twice', 400, 'InvalidArgument', () => form([field('acl', 'private'), ...correct()])],
	['no file', 400, 'InvalidArgument', () => form(fieldParts(initiated))],
	[
		'the file under another name',
		400,
		'InvalidArgument',
		() => form([...fieldParts(initiated), file('report.pdf', CONTENT, 'document')]),
	],
	['two files', 400, 'InvalidArgument', () => form([...correct(), REPORT])],
	[
		'a field after the file',
		400,
		'InvalidArgument',
		() => form([...correct(), field('x-ignore-me', 'x')]),
	],
	[
		'the file before the fields',
		400,
		'InvalidArgument',
		() => form([REPORT, ...fieldParts(initiated)]),
	],
	[
		'a file above the declared size',
		400,
		'EntityTooLarge',
		() => form([...fieldParts(initiated), file('report.pdf', `${CONTENT}!`)]),
	],
	[
		'an empty file',
		400,
		'EntityTooSmall',
		() => form([...fieldParts(initiated), file('report.pdf', '')]),
	],
];

test.each(refused)('%s is refused with %i %s', async (_what, status, code, call) => {
	const reply = await send(initiated.upload_url, call());
	expect(reply.status).toBe(status);
	expect(reply.headers['content-type']).toBe('application/xml');
	expect(reply.text).toContain(`<Error><Code>${code}</Code><Message>`);
	expect(reply.text).toMatch(/<RequestId>[0-9A-F]{16}<\/RequestId><\/Error>$/);
	expect(standIn.requests.at(-1)).toMatchObject({ side: 'storage', status, aborted: false });
	expectNothingStored();
});

function expectNothingStored(): void {
	expect(readdirSync(directory)).toEqual([]);
	expect(standIn.document(initiated.document_id)).toMatchObject({ state: 'initiated' });
	expect(standIn.document(initiated.document_id).object).toBeUndefined();
}

test('without any change the same form is taken', async () => {
	expect((await send(initiated.upload_url, form(correct()))).status).toBe(201);
	expect(standIn.document(initiated.document_id).object?.size).toBe(CONTENT.length);
});

test("S3's words tell which condition failed, which field was extra", async () => {
	const acl = await send(initiated.upload_url, form(withFields({ acl: 'a<b' })));
	expect(acl.text).toContain(
		'<Message>Invalid according to Policy: Policy Condition failed: ["eq", "$acl", "private"]</Message>',
	);
	const extra = await send(initiated.upload_url, form(withFields({ 'x&y': '1' })));
	expect(extra.text).toContain('Invalid according to Policy: Extra input fields: x&amp;y<');
});

test('the limit of one POST holds whatever the policy allows', async () => {
	initiated = await initUpload(standIn, 'report.pdf', LIMIT + 1);
	const tooLarge = [...fieldParts(initiated), file('report.pdf', Buffer.alloc(LIMIT + 1))];
	const reply = await send(initiated.upload_url, form(tooLarge));
	expect(reply.text).toContain('<Code>EntityTooLarge</Code>');
	expectNothingStored();
});

test('20 KB before the file is what S3 takes, to the byte', async () => {
	const head = formBody(correct()).indexOf(CONTENT);
	const filler = (size: number) => field('x-ignore-filler', 'x'.repeat(size));
	const overhead = formBody([filler(0), ...correct()]).indexOf(CONTENT) - head;
	const room = 20 * KIB - head - overhead;
	const over = await send(initiated.upload_url, form([filler(room + 1), ...correct()]));
	expect(over.text).toContain('<Code>MaxPostPreDataLengthExceeded</Code>');
	expect((await send(initiated.upload_url, form([filler(room), ...correct()]))).status).toBe(201);
});

test('an expired policy is refused, and said to be expired', async () => {
	const expired = await startStandIn({ policyLifetime: -1 }, signingKey);
	try {
		initiated = await initUpload(expired, 'report.pdf', CONTENT.length);
		const reply = await send(initiated.upload_url, form(correct()));
		expect(reply.status).toBe(403);
		expect(reply.text).toContain(
			'<Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message>',
		);
		expect(expired.document(initiated.document_id).state).toBe('initiated');
	} finally {
		await expired.close();
	}
});
