import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { StoredObject } from '../types';
import type { ListedPart } from './completeRequest';
import { S3Error } from './errors';
import { storeObject } from './objectStore';

const READ_BUFFER = 2 ** 20;

/**
 * The parts that a client names, which have to be those that it was told are there.
 *
 * @param parts by number.
 * @param minPartSize bytes that each but the last must have.
 * @throws S3Error InvalidPart, EntityTooSmall
 */
export function namedParts(
	parts: Map<number, StoredObject>,
	listed: ListedPart[],
	minPartSize: number,
): StoredObject[] {
	return listed.map(({ number, etag }, index) => {
		const part = parts.get(number);
		const details = { PartNumber: String(number), ETag: etag };
		if (part?.md5 !== etag) {
			throw new S3Error(
				'InvalidPart',
				"One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
				details,
			);
		}
		if (part.size < minPartSize && index < listed.length - 1) {
			throw new S3Error(
				'EntityTooSmall',
				'Your proposed upload is smaller than the minimum allowed size',
				{
					ProposedSize: String(part.size),
					MinSizeAllowed: String(minPartSize),
					...details,
				},
			);
		}
		return part;
	});
}

async function* joined(parts: StoredObject[]): AsyncGenerator<Buffer> {
	for (const { path } of parts) yield* createReadStream(path, { highWaterMark: READ_BUFFER });
}

/** "md5-of-md5s-N": what S3 answers in place of the whole object's MD5. */
function compositeEtag(parts: StoredObject[]): string {
	const md5 = createHash('md5');
	for (const part of parts) md5.update(part.md5, 'hex');
	return `"${md5.digest('hex')}-${parts.length}"`;
}

/** One object of these parts, whose files stay as they are. */
export async function assembled(
	key: string,
	parts: StoredObject[],
	directory: string,
): Promise<StoredObject> {
	const object = await storeObject(joined(parts), { key, min: 0, max: Infinity }, directory);
	return { ...object, etag: compositeEtag(parts) };
}
