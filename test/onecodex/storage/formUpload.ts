import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../faults/inject';
import { corrupted, paced } from '../faults/storage';
import type { Answer } from '../http';
import type { StandInState } from '../state';
import { storedAnswer } from './answers';
import { authorise } from './authorise';
import { methodNotAllowed, missingContentLength, S3Error } from './errors';
import { storeObject } from './objectStore';
import { boundaryOf } from './partHeaders';
import { openPostForm } from './postForm';
import { refuseKeys } from './refuseKeys';

/** Judges an upload by its head alone. @throws S3Error */
function checkHead({ method, url, headers }: IncomingMessage): void {
	if (method !== 'POST' || url !== '/') throw methodNotAllowed(method);
	refuseKeys(headers);
	if (headers['content-length'] === undefined) throw missingContentLength();
	if (!/^multipart\/form-data *(;|$)/i.test(headers['content-type'] ?? '')) {
		throw new S3Error(
			'PreconditionFailed',
			'At least one of the pre-conditions you specified did not hold',
			{ Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
		);
	}
}

/**
 * Stores the file of a form: "POST Object" in the Amazon S3 API reference.
 *
 * @throws S3Error
 */
export async function receiveForm(
	{ request, record, fault }: Exchange,
	state: StandInState,
): Promise<Answer> {
	checkHead(request);
	const arriving = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
	const chunks =
		fault?.kind === 'slow' ? paced(arriving, fault.bytesPerSecond, request.socket) : arriving;
	try {
		const boundary = boundaryOf(request.headers['content-type'] ?? '');
		record.fields = [];
		const form = await openPostForm(chunks, boundary, record.fields);
		record.filename = form.filename;
		const bucket = {
			name: state.bucket,
			url: `http://${request.headers.host}`,
			signingKey: state.settings.signingKey,
		};
		const permit = authorise(form, bucket);
		const max = Math.min(permit.max, state.settings.maxFileSize);
		const { directory } = state.settings;
		const content = fault?.kind === 'wrongEtag' ? corrupted(form.content) : form.content;
		const object = await storeObject(content, { ...permit, max }, directory);
		state.putObject(object);
		return storedAnswer(object, bucket, permit.fields);
	} finally {
		// Lets go of the body, so that what is left of it can be drained.
		void chunks.return?.();
	}
}
