import { createHash, webcrypto } from 'node:crypto';

import { Child } from '../child';
import { megabytesPerSecond, ratio, seconds } from '../report';

const GB = 1e9;
const PART = 16 * 2 ** 20;

/** What digests cost on this machine; the best of five each, as others may use it. */
export interface Digests {
	/** Bytes a millisecond, in one thread. */
	md5: number;
	sha256: number;
	/** SHA-256 of two processes at once, by that of one. */
	twoAtOnce: number;
	/** Milliseconds a GB for which WebCrypto holds the thread that asks, as it copies first. */
	copying: number;
}

const best = (times: number[]): number => Math.min(...times);

function speedOf(algorithm: string): number {
	const bytes = Buffer.alloc(256 * 2 ** 20);
	const times = Array.from({ length: 5 }, () => {
		const started = performance.now();
		createHash(algorithm).update(bytes).digest();
		return performance.now() - started;
	});
	return bytes.length / best(times);
}

async function twoAtOnce(): Promise<number> {
	const started = await Promise.all(
		Array.from({ length: 2 }, async () => await Child.start('digest.ts', {})),
	);
	const children = started.map(([child]) => child);
	const alone: number[] = [];
	const together: number[] = [];
	for (let time = 0; time < 5; time++) {
		alone.push(await children[0].ask<number>());
		const both = await Promise.all(children.map(async (child) => await child.ask<number>()));
		together.push(Math.max(...both));
	}
	for (const child of children) await child.stop();
	return (2 * best(alone)) / best(together);
}

async function copying(): Promise<number> {
	const part = Buffer.alloc(PART, 1);
	const times: number[] = [];
	for (let time = 0; time < 5; time++) {
		const digests: Array<Promise<unknown>> = [];
		const started = performance.now();
		for (let parts = 0; parts < 4; parts++) digests.push(webcrypto.subtle.digest('SHA-256', part));
		times.push((performance.now() - started) / digests.length);
		await Promise.all(digests);
	}
	return (best(times) * GB) / PART;
}

export async function measureDigests(): Promise<Digests> {
	return {
		md5: speedOf('md5'),
		sha256: speedOf('sha256'),
		twoAtOnce: await twoAtOnce(),
		copying: await copying(),
	};
}

/**
 * What uploads that verify have to do, and what that leaves of the speed without it.
 *
 * @param sending milliseconds that a GB takes in parts that are not verified, where that was measured
 */
export function digestsInWords(
	{ md5, sha256, twoAtOnce, copying }: Digests,
	sending = NaN,
): string {
	const speed = (bytesPerMs: number) => `${megabytesPerSecond(bytesPerMs * 1e3, 1e3)} MB/s`;
	const hashing = GB / sha256;
	// A second core that is none adds to what the first one does; a whole one does it beside.
	const verified = sending + copying + hashing * Math.max(0, 2 - twoAtOnce);
	const estimate = Number.isFinite(verified)
		? ` Without the check a GB takes ${seconds(sending)} s in parts; with ${seconds(copying)} s of copying, and of ${seconds(hashing)} s of hashing what the other core does not take off, it comes to about ${seconds(verified)} s, ${speed(GB / verified)}. Parts of 8 MiB, two to twelve at a time, one digest at a time and SHA-256 in n8n's own thread were tried, and none was faster.`
		: '';
	return `Digests alone, of bytes that are in memory, in one thread on this machine: MD5 ${speed(md5)}, SHA-256 ${speed(sha256)}. The MD5 of a form has to be made in the one thread that n8n's nodes have, so that a form that verifies stays below it. The SHA-256 of parts is made in other threads, while other parts are on their way; but WebCrypto copies each part first, in n8n's thread, and two processes that make SHA-256 at once get ${ratio(twoAtOnce)} times what one gets.${estimate}`;
}
