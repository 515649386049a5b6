/** Text of a server in one line, not so long that it hides ours. */
export function shortText(value: unknown): string {
	return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 200) : '';
}
