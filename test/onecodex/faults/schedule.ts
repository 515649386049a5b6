import { candidatesFor } from './candidates';
import type { Fault, FaultableRequest, FaultSchedule } from './types';

/** Numbers in [0, 1). Mulberry32 by Tommy Ettinger, in the public domain. */
function mulberry32(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export interface SeededFaults {
	/** An integer; the same one gives the same faults to the same requests in the same order. */
	seed: number;
	/** 0 to 1, for each request. */
	chance: number;
	/** Whether a 429 may come with Retry-After, of one second. Default true. */
	retryAfter?: boolean;
	/** Default: every kind that applies to the request. */
	only?: Array<Fault['kind']>;
	/** Default true. A stall lasts until the client loses patience. */
	stallAllowed?: boolean;
}

/** Faults at random, each as likely as any other that applies to the request. */
export function seededFaults(options: SeededFaults): FaultSchedule {
	const { seed, chance, retryAfter = true, only, stallAllowed = true } = options;
	const random = mulberry32(seed);
	const isAllowed = (fault: Fault): boolean =>
		(only?.includes(fault.kind) ?? true) &&
		(stallAllowed || fault.kind !== 'stall') &&
		(retryAfter || !('retryAfter' in fault));
	return (request) => {
		// Two numbers for each request, so that what one draws does not shift what the next ones do.
		const [happens, which] = [random() < chance, random()];
		const candidates = candidatesFor(request).filter(isAllowed);
		return happens ? candidates[Math.floor(which * candidates.length)] : undefined;
	};
}

/** The n-th request that matches gets the n-th fault, later ones none. */
export function faultsInTurn(
	match: (request: FaultableRequest) => boolean,
	...faults: Array<Fault | undefined>
): FaultSchedule {
	let matched = 0;
	return (request) => (match(request) ? faults[matched++] : undefined);
}
