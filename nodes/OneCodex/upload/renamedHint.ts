import type { NodeExecutionHint } from 'n8n-workflow';

/** Names shown in a hint; the output has them all. */
const MOST_NAMES = 3;

/** A file that went by another name. */
export interface Renamed {
	from: string;
	to: string;
}

/** What One Codex takes in the names of documents, as a hint says it. */
const OF_DOCUMENTS = 'letters, digits, dash, underscore and period';

/**
 * A hint on files that went by another name, or none where all kept theirs.
 *
 * @param signs that One Codex takes in a name
 */
export function renamedHint(renamed: Renamed[], signs = OF_DOCUMENTS): NodeExecutionHint[] {
	if (!renamed.length) return [];
	const names = renamed
		.slice(0, MOST_NAMES)
		.map(({ from, to }) => `"${htmlText(from)}" is "${htmlText(to)}"`);
	const more = renamed.length - names.length;
	return [
		{
			message:
				`One Codex takes ${signs} in a file name. ` +
				`Renamed: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
			location: 'outputPane',
			type: 'info',
		},
	];
}

/** The editor shows a hint as HTML, and a file's name is not ours. */
export function htmlText(text: string): string {
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
