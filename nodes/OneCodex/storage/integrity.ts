import { OneCodexError } from '../errors/oneCodexError';

/** With KMS or a key of the customer the ETag is no MD5 (S3, "Object" in its API reference). */
const OTHER_ENCRYPTION = /kms|customer/i;

/**
 * Compares what the storage has with what was sent, where its ETag can tell.
 *
 * @param etag without quotes
 * @param md5 of what was sent, in hex
 * @param encryption what request and answer say of it
 * @param where the end of the error's message
 * @throws OneCodexError (service) for other bytes
 */
export function checkEtag(etag: string, md5: string, encryption: string, where = ''): void {
	const isMd5 = /^[0-9a-f]{32}$/i.test(etag) && !OTHER_ENCRYPTION.test(encryption);
	if (!isMd5 || etag.toLowerCase() === md5) return;
	throw new OneCodexError('service', `The storage has other bytes than were sent${where}`, {
		isTransient: true,
		description:
			'The file was damaged on its way and is not confirmed. Check the network, then run it again.',
	});
}

/** The storage took bytes and gave no ETag for them; a proxy may have cut it off. */
export function withoutEtag(): OneCodexError {
	return new OneCodexError('service', 'The storage answered without saying what it stored', {
		isTransient: true,
		description: 'Check the S3 Endpoint of the credential, and for a proxy in between.',
	});
}
