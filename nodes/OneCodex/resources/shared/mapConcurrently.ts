/** The results of work on all inputs, in their order; so many are worked on at a time. */
// p-limit would do it, but n8n 1 does not bring it where this package could find it.
export async function mapConcurrently<T, R>(
	inputs: T[],
	limit: number,
	work: (input: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(inputs.length);
	// One iterator for all workers: each takes the next that nobody has taken.
	const queue = inputs.entries();
	const worker = async () => {
		for (const [index, input] of queue) results[index] = await work(input);
	};
	await Promise.all(Array.from({ length: Math.min(limit, inputs.length) }, worker));
	return results;
}
