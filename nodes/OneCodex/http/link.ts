/** One link of a Link header: where it points, and what is said of it. */
interface Link {
	target: string;
	/** Names in small letters. */
	parameters: Map<string, string>;
}

/** RFC 9110, 5.6.2 and 5.6.4. */
const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';

const LINK = /\s*<([^>]*)>/y;
const PARAMETER = new RegExp(
	`\\s*;\\s*(?:(${TOKEN})\\*?(?:\\s*=\\s*(${QUOTED}|[^\\s;,"]*))?)?`,
	'y',
);
const COMMA = /\s*(?:,\s*)+/y;

/**
 * Where a Link header (RFC 8288) points for a relation: the link whose `rel`, which may list
 * several, has it. One that is about another page (`anchor`) is not meant.
 */
export function linkOf(header: string, relation: string): string | undefined {
	return linksOf(header).find(({ parameters }) => {
		const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/);
		return relations.includes(relation) && !parameters.get('anchor');
	})?.target;
}

/** The links of a header, as far as it can be read. */
function linksOf(header: string): Link[] {
	const links: Link[] = [];
	let at = 0;
	const next = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		const found = pattern.exec(header);
		if (found) at = pattern.lastIndex;
		return found;
	};
	next(COMMA);
	for (let link = next(LINK); link; link = next(LINK)) {
		const parameters = new Map<string, string>();
		for (let each = next(PARAMETER); each; each = next(PARAMETER)) {
			const name = (each[1] ?? '').toLowerCase();
			// The first counts, where one comes again.
			if (name && !parameters.has(name)) parameters.set(name, unquoted(each[2] ?? ''));
		}
		links.push({ target: link[1].trim(), parameters });
		if (!next(COMMA)) break;
	}
	return links;
}

function unquoted(value: string): string {
	return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}
