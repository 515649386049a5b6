import { readFileSync } from 'node:fs';

/** Statuses that no table has are told with their number. */
const OTHER_STATUSES = [
	'One Codex answered with status ...',
	'The storage answered with status ...',
];

/** What may follow the documented words: a reason, a code, or what was found instead. */
const MORE = '(?:: .*| \\(.*\\)|, not .*)?';

/** How every message ends that n8n has left alone: file, document and item. */
const SUBJECT = ' \\[.*item \\d+\\]';

const cellsOf = (line: string) =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim().replace(/\\(?=\*)/g, ''));

/** The cells of the tables' column "The error says". */
function cells(page: string): string[] {
	let column = -1;
	return page.split('\n').flatMap((line) => {
		if (!line.startsWith('|')) column = -1;
		else if (column < 0) column = cellsOf(line).indexOf('The error says');
		else if (!/^\|[ -]+\|/.test(line)) return [cellsOf(line)[column]];
		return [];
	});
}

/** Errors that share a row: "A is empty, B is empty" and "A, B must be ...". */
function alternatives(cell: string): string[] {
	const parts = cell.split(/, (?=[A-Z]|n8n )/);
	const predicate = / must be .*/.exec(cell)?.[0];
	return parts.map((part) => (predicate && !part.includes(predicate) ? part + predicate : part));
}

function pattern(words: string): RegExp {
	const literal = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\.\\.\\.', '.*');
	return new RegExp(`^${literal}${MORE}${SUBJECT}$`, 's');
}

/** Gives the words of docs/errors.md that a message says; undefined where the page has none. */
export function documentedErrors(): (message: string) => string | undefined {
	const page = cells(readFileSync('docs/errors.md', 'utf8')).flatMap(alternatives);
	const known = [...new Set([...page, ...OTHER_STATUSES])].map((words): [string, RegExp] => [
		words,
		pattern(words),
	]);
	return (message) => known.find(([, regExp]) => regExp.test(message))?.[0];
}
