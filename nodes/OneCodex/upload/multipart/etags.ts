import { createHash } from 'crypto';

import { isOtherEncryption } from '../../storage/integrity';
import type { S3Answer } from '../../storage/s3Redirect';

/** A part, or the whole, as the storage has it. */
export interface Stored {
	/** Without quotes. */
	etag: string;
	/** As the answer says; '' where it does not. */
	encryption: string;
}

export const storedOf = ({ headers }: S3Answer, etag: string): Stored => ({
	etag,
	encryption: String(headers['x-amz-server-side-encryption'] ?? ''),
});

/** As S3 makes it: the MD5 of the parts' MD5s, and how many there are. */
export function etagOfParts(parts: Stored[]): string {
	const md5 = createHash('md5');
	for (const { etag } of parts) md5.update(etag, 'hex');
	return `${md5.digest('hex')}-${parts.length}`;
}

/**
 * Whether the ETag of the whole is made of the parts' MD5s. With keys of its own (KMS) Amazon gives
 * others, and another service may give the MD5 of the whole.
 */
export function areMd5s(parts: Stored[], whole: Stored): boolean {
	return (
		![...parts, whole].some(({ encryption }) => isOtherEncryption(encryption)) &&
		parts.every(({ etag }) => /^[0-9a-f]{32}$/i.test(etag)) &&
		/^[0-9a-f]{32}-\d+$/i.test(whole.etag)
	);
}
