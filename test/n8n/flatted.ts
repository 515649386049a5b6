/**
 * Reads the form in which n8n stores a run: an array of values, in which an object's or array's
 * members name the place of their value as a string of digits, so that shared parts come once.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const revive = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		if (revived.has(index)) return revived.get(index);
		const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		revived.set(index, target);
		const members = Object.entries(value).map(([key, member]) => [
			key,
			typeof member === 'string' ? revive(Number(member)) : member,
		]);
		return Object.assign(target, Object.fromEntries(members));
	};

	return revive(0);
}
