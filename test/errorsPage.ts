import { readFileSync } from 'node:fs';

/** Words of the column "The error says" of docs/errors.md, one error each. */
export interface DocumentedError {
	/** The words, and where a code of S3 or of Node.js stands beside them, that in parentheses. */
	name: string;
	/** As they are on the page, `...` for what differs. */
	words: string;
	/** Of a whole message that says this. */
	pattern: RegExp;
}

/** What may follow the documented words: a reason, a code, or what was found instead. */
const MORE = '(?:: .*| \\(.*\\)|, not .*)?';

/** How every message of the node ends: file, document and item. The credential knows none. */
const SUBJECT = '(?: \\[.*item \\d+\\])?';

const cellsOf = (line: string) =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim().replace(/\\(?=\*)/g, ''));

/** Errors that share a row: "A is empty, B is empty" and "A, B must be ...". */
function alternatives(cell: string): string[] {
	const parts = cell.split(/, (?=[A-Z]|n8n )/);
	const predicate = / must be [^,]*$/.exec(cell)?.[0];
	return parts.map((part) => (predicate && !part.includes(' must be ') ? part + predicate : part));
}

function documentedError(words: string, code?: string): DocumentedError {
	const literal = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\.\\.\\.', '.*');
	const end = code ? ` \\(${code}\\b.*\\)` : MORE;
	return {
		name: code ? `${words} (${code})` : words,
		words,
		pattern: new RegExp(`^${literal}${end}${SUBJECT}$`, 's'),
	};
}

/** Every error of the page's tables. */
export function documentedErrors(): DocumentedError[] {
	let header: string[] | undefined;
	return readFileSync('docs/errors.md', 'utf8')
		.split('\n')
		.flatMap((line) => {
			const cells = cellsOf(line);
			const isHeader = header === undefined;
			header = line.startsWith('|') ? (header ?? cells) : undefined;
			const column = header?.indexOf('The error says') ?? -1;
			if (isHeader || column < 0 || /^\|[ -]+\|/.test(line)) return [];
			// A code is in the message, too; a status of One Codex is not.
			const code = header?.[0] === 'Code' ? /^`(\w+)`/.exec(cells[0])?.[1] : undefined;
			return alternatives(cells[column]).map((words) => documentedError(words, code));
		});
}

/** Gives the words of the page that a message says; undefined where the page has none. */
export function documentedWords(): (message: string) => string | undefined {
	const words = [...new Set(documentedErrors().map((error) => error.words))];
	const known = words.map((each) => documentedError(each));
	return (message) => known.find(({ pattern }) => pattern.test(message))?.words;
}
