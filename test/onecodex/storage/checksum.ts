import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { notImplemented, S3Error } from './errors';

interface Checksum {
	update(chunk: Buffer): unknown;
	/** In base64, as it is sent. */
	digest(): string;
}

class Crc32 implements Checksum {
	private value = 0;

	update(chunk: Buffer): void {
		this.value = crc32(chunk, this.value);
	}

	digest(): string {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32BE(this.value);
		return bytes.toString('base64');
	}
}

const hash = (algorithm: string) => (): Checksum => {
	const hashing = createHash(algorithm);
	return { update: (chunk) => hashing.update(chunk), digest: () => hashing.digest('base64') };
};

const PREFIX = 'x-amz-checksum-';
const ALGORITHMS: Record<string, () => Checksum> = {
	crc32: () => new Crc32(),
	sha1: hash('sha1'),
	sha256: hash('sha256'),
};

const named = (headers: IncomingHttpHeaders): string[] =>
	Object.keys(headers).filter((name) => name.startsWith(PREFIX));

/** What S3 says again of a body that it took. */
export const checksumHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
	Object.fromEntries(named(headers).map((name) => [name, String(headers[name])]));

/**
 * The same chunks, which throw in place of ending where they are not what their checksum says. Newer
 * versions of Amazon's own clients send one unasked, in place of a Content-MD5.
 *
 * @throws S3Error InvalidRequest, NotImplemented for an algorithm that no client of ours has, BadDigest
 */
export function checksummed(
	headers: IncomingHttpHeaders,
	chunks: AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
	const [name, ...more] = named(headers);
	if (name === undefined) return chunks;
	if (more.length > 0) {
		throw new S3Error(
			'InvalidRequest',
			'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
		);
	}
	const algorithm = name.slice(PREFIX.length);
	if (!Object.hasOwn(ALGORITHMS, algorithm)) throw notImplemented(name);
	const checksum = ALGORITHMS[algorithm]();
	const expected = String(headers[name]);
	if (expected.length !== ALGORITHMS[algorithm]().digest().length) {
		throw new S3Error('InvalidRequest', `Value for ${name} header is invalid.`);
	}
	return (async function* checked() {
		for await (const chunk of chunks) {
			checksum.update(chunk);
			yield chunk;
		}
		if (checksum.digest() === expected) return;
		throw new S3Error(
			'BadDigest',
			`The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
		);
	})();
}
