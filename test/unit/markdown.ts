/** What a Markdown page refers to, and what can be referred to in it. */
export interface MarkdownPage {
	/** Targets of links and images, as written. */
	links: string[];
	/** What a link to a heading has after its #. */
	anchors: string[];
	/** Blocks of code by language. */
	blocks: Array<{ language: string; code: string }>;
	/** Everything but the blocks of code. */
	prose: string;
}

const BLOCK = /^( *)(`{3,})(\w*)[^\n]*\n([\s\S]*?)^\1\2 *$/gm;
const INLINE_CODE = /`[^`\n]*`/g;

/** `[text](target "title")`, `![text](target)` and `[name]: target`. */
const LINK = /\]\(<?([^)\s>]*)>?(?: "[^"]*")?\)|^\[[^\]]+\]: +(\S+)/gm;

const HEADING = /^#{1,6} +(.+?) *#*$/gm;

/** GitHub's rule: lower case, letters, digits, dashes and underscores alone, a dash for each space. */
function anchorOf(heading: string): string {
	const text = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
	return text
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Mark}\p{Number}\p{Connector_Punctuation} -]/gu, '')
		.replaceAll(' ', '-');
}

/** Headings that are alike are told apart by a number. */
function numbered(anchors: string[]): string[] {
	return anchors.map((anchor, index) => {
		const before = anchors.slice(0, index).filter((other) => other === anchor).length;
		return before ? `${anchor}-${before}` : anchor;
	});
}

export function readMarkdown(text: string): MarkdownPage {
	const blocks = [...text.matchAll(BLOCK)].map(([, , , language, code]) => ({ language, code }));
	const prose = text.replace(BLOCK, '');
	const links = [...prose.replace(INLINE_CODE, '').matchAll(LINK)];
	return {
		links: links.map(([, inline, reference]) => inline ?? reference),
		anchors: numbered([...prose.matchAll(HEADING)].map(([, heading]) => anchorOf(heading))),
		blocks,
		prose,
	};
}
