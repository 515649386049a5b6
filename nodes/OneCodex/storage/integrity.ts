import { OneCodexError } from '../errors/oneCodexError';

/**
 * Whether it is with KMS or a key of the customer, where an ETag is no MD5 ("Object" in the Amazon S3
 * API reference).
 *
 * @param encryption what requests and answers say of it
 */
export const isOtherEncryption = (encryption: string): boolean => /kms|customer/i.test(encryption);

/**
 * Compares what the storage has with what was sent, where its ETag can tell.
 *
 * @param etag without quotes
 * @param md5 of what was sent, in hex
 * @param encryption what request and answer say of it
 * @throws OneCodexError (service) for other bytes
 */
export function checkEtag(etag: string, md5: string, encryption: string): void {
	const isMd5 = /^[0-9a-f]{32}$/i.test(etag) && !isOtherEncryption(encryption);
	if (!isMd5 || etag.toLowerCase() === md5) return;
	throw new OneCodexError('service', 'The storage has other bytes than were sent', {
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
