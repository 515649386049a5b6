import type { IDataObject, NodeExecutionHint } from 'n8n-workflow';

/** Names shown in a hint; the output has them all. */
const MOST_NAMES = 3;

/** A hint on files that went by another name, or none where all kept theirs. */
export function renamedHint(uploads: IDataObject[]): NodeExecutionHint[] {
	const renamed = uploads.filter(
		({ filename, original_filename }) => filename && filename !== original_filename,
	);
	if (!renamed.length) return [];
	const names = renamed
		.slice(0, MOST_NAMES)
		.map(
			({ filename, original_filename }) => `"${text(original_filename)}" is "${text(filename)}"`,
		);
	const more = renamed.length - names.length;
	return [
		{
			message:
				'One Codex takes letters, digits, dash, underscore and period in a file name. ' +
				`Renamed: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
			location: 'outputPane',
			type: 'info',
		},
	];
}

/** The editor shows a hint as HTML, and a file's name is not ours. */
function text(value: unknown): string {
	return String(value).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
