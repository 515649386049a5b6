const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes text that stands between tags; control characters as S3 does, by number. */
const escape = (text: string): string =>
	text.replace(/[&<>\p{Cc}]/gu, (each) => ENTITIES[each] ?? `&#${each.charCodeAt(0)};`);

/** An XML document of one element whose children hold text, in the order given. */
export function xmlDocument(root: string, children: Record<string, string>): string {
	const content = Object.entries(children)
		.map(([name, text]) => `<${name}>${escape(text)}</${name}>`)
		.join('');
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${content}</${root}>`;
}
