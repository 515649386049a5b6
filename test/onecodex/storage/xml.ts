const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Escapes text that stands between tags; control characters as S3 does, by number. */
const escape = (text: string): string =>
	text.replace(/[&<>\p{Cc}]/gu, (each) => ENTITIES[each] ?? `&#${each.charCodeAt(0)};`);

/** Elements in the order given, each with text or with elements of its own. */
export interface Children {
	[name: string]: string | Children;
}

const elements = (children: Children, write = escape): string =>
	Object.entries(children)
		.map(([name, content]) => {
			const inner = typeof content === 'string' ? write(content) : elements(content, write);
			return `<${name}>${inner}</${name}>`;
		})
		.join('');

/** An XML document of one element whose children hold text, in the order given. */
export function xmlDocument(root: string, children: Record<string, string>): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${elements(children)}</${root}>`;
}

/** S3's answer to one of its own actions: with its namespace, and with the quotes of ETags escaped. */
export function resultDocument(root: string, children: Children): string {
	const content = elements(children, (text) => escape(text).replaceAll('"', '&quot;'));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
}
