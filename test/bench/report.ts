/** A table: what its columns are, and their cells as text. Numbers stand to the right. */
export interface Table {
	title: string;
	columns: string[];
	rows: string[][];
}

/** What was to be reached, and what was. */
export interface Aim {
	what: string;
	aim: string;
	result: string;
	/** undefined where it was not measured. */
	isMet?: boolean;
}

/** One measurement, as it is told. */
export interface Section {
	title: string;
	/** How it was measured, and what to know about it. */
	text: string;
	tables: Table[];
	aims: Aim[];
}

const isNumber = (cell: string): boolean => /^(-?[\d.]+( %| s| ms| MiB)?|–)$/.test(cell);

/** Markdown, with the columns aligned for those who read it as text. */
export function markdownTable({ columns, rows }: Table): string {
	const width = (column: number) =>
		Math.max(3, ...[columns, ...rows].map((row) => row[column].length));
	const isRight = columns.map((_, column) => rows.every((row) => isNumber(row[column])));
	const line = (row: string[]) =>
		`| ${row.map((cell, column) => (isRight[column] ? cell.padStart(width(column)) : cell.padEnd(width(column)))).join(' | ')} |`;
	const rule = columns.map((_, column) =>
		isRight[column] ? `${'-'.repeat(width(column) - 1)}:` : '-'.repeat(width(column)),
	);
	return [line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

export const aimsTable = (aims: Aim[]): Table => ({
	title: 'Aims',
	columns: ['What', 'Aim', 'Result', 'Met'],
	rows: aims.map(({ what, aim, result, isMet }) => [
		what,
		aim,
		result,
		isMet === undefined ? 'not measured' : isMet ? 'yes' : 'NO',
	]),
});

export function sectionMarkdown({ title, text, tables, aims }: Section): string {
	const shown = aims.length ? [...tables, aimsTable(aims)] : tables;
	const parts = shown.map((table) => `### ${table.title}\n\n${markdownTable(table)}`);
	return [`## ${title}`, text, ...parts].join('\n\n');
}

/** Figures as text; a dash for what is not there. */
const shown = (value: number, text: (value: number) => string): string =>
	Number.isFinite(value) ? text(value) : '–';

export const megabytesPerSecond = (bytes: number, ms: number): string =>
	// Of a file that takes no time there is no speed to tell.
	ms < 20 ? '–' : shown(bytes / ms / 1e3, (value) => value.toFixed(value < 100 ? 1 : 0));
export const seconds = (ms: number): string =>
	shown(ms / 1e3, (value) => value.toFixed(value < 10 ? 2 : 1));
export const mebibytes = (bytes: number): string =>
	shown(bytes / 2 ** 20, (value) => value.toFixed(0));
export const ratio = (value: number): string => shown(value, (each) => each.toFixed(2));
export const percent = (value: number): string =>
	shown(value * 100, (each) => `${each.toFixed(0)} %`);
