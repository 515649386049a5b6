import { createHash } from 'node:crypto';

import { megabytesPerSecond } from '../report';

/** Of runs beside this one, with a profile of n8n's thread: what was found, and what did not help. */
const WHAT_HOLDS_PARTS = `On 2026-11-26, on a machine of this kind, in a profile of n8n's thread, 1 GB in parts took 1.95 s: 0.59 s of it went into these copies, 0.42 s it waited, and the rest it sent. Without the check it was 1.01 s. Digests one at a time (as it is), all at once, and in n8n's own thread without a copy came to 605 to 739, 586 and 689 MB/s, with curl at 1724 to 2123: no more apart than two runs of the same.`;

/** Bytes a millisecond of a digest alone: the best of five, as others may use the machine. */
export function speedOf(algorithm: string): number {
	const bytes = Buffer.alloc(256 * 2 ** 20);
	const times = Array.from({ length: 5 }, () => {
		const started = performance.now();
		createHash(algorithm).update(bytes).digest();
		return performance.now() - started;
	});
	return bytes.length / Math.min(...times);
}

/** What uploads that verify have to do. @param md5 bytes a millisecond of MD5 alone */
export function digestsAlone(md5: number): string {
	const sha256 = speedOf('sha256');
	const inWordsOf = (speed: number) => `${megabytesPerSecond(speed * 1e3, 1e3)} MB/s`;
	return `Digests alone, of bytes that are in memory, on one core of this machine: MD5 ${inWordsOf(md5)}, SHA-256 ${inWordsOf(sha256)}. The MD5 of a form has to be made in the one thread that n8n's nodes have, so that a form that verifies stays below it. The SHA-256 of parts is made in other threads, while other parts are on their way; but WebCrypto copies each part first, in n8n's thread. ${WHAT_HOLDS_PARTS}`;
}
