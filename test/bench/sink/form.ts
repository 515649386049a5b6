import { randomUUID } from 'node:crypto';

import type { Answer } from '../../onecodex/http';
import type { StandInState } from '../../onecodex/state';
import { storedAnswer } from '../../onecodex/storage/answers';
import { authorise } from '../../onecodex/storage/authorise';
import {
	entityTooLarge,
	methodNotAllowed,
	missingContentLength,
} from '../../onecodex/storage/errors';
import { boundaryOf } from '../../onecodex/storage/partHeaders';
import { openPostForm } from '../../onecodex/storage/postForm';
import { refuseKeys } from '../../onecodex/storage/refuseKeys';
import type { Body } from './body';
import type { RequestHead } from './head';

/** What S3 takes before the file; its parser needs no more of the beginning. */
export const FORM_HEAD = 20 * 1024;

/** @throws S3Error for a form that cannot be taken, whatever is in it */
export function checkForm({ method, url, headers }: RequestHead, state: StandInState): void {
	if (method !== 'POST' || url !== '/') throw methodNotAllowed(method);
	refuseKeys(headers);
	if (headers['content-length'] === undefined) throw missingContentLength();
	const length = Number(headers['content-length']);
	const { maxFileSize } = state.settings;
	if (length > maxFileSize + FORM_HEAD) throw entityTooLarge(length, maxFileSize);
}

/** Judges a form by its head and its end. @returns the file's size, and the answer. @throws S3Error */
export async function receiveForm(
	{ headers }: RequestHead,
	body: Body,
	state: StandInState,
): Promise<{ size: number; answer: Answer }> {
	const boundary = boundaryOf(headers['content-type'] ?? '');
	const form = await openPostForm(body.chunks(), boundary, []);
	const bucket = {
		name: state.bucket,
		url: `http://${headers.host}`,
		signingKey: state.settings.signingKey,
	};
	const permit = authorise(form, bucket);
	let size = body.skipped;
	for await (const chunk of form.content) size += chunk.length;
	if (size > permit.max) throw entityTooLarge(size, permit.max);
	// One that is no MD5, as with KMS: nobody can compare it.
	const etag = `"${randomUUID()}"`;
	const stored = { path: 'nowhere', md5: '', sha256: '', storedAt: Date.now() };
	const object = { ...stored, key: permit.key, size, etag };
	state.putObject(object);
	return { size, answer: storedAnswer(object, bucket, permit.fields) };
}
