import type { IDataObject } from 'n8n-workflow';

import { objectOf } from '../../api/answers/shape';
import type { RowFilters } from './rowFilters';

/** The number in a column; undefined where the row has none. */
const numberIn = (row: IDataObject, column: string): number | undefined => {
	const value = row[column];
	return typeof value === 'number' ? value : undefined;
};

/** The column that has children counted in, where the table has it, else that of the organism alone. */
const withChildren = (rows: IDataObject[], column: string): string =>
	rows.some((row) => numberIn(row, `${column}_w_children`) !== undefined)
		? `${column}_w_children`
		: column;

/**
 * The rows that are wanted. What an organism has counts with what is below it in the tree, where the
 * table says that.
 *
 * @param results that the rows are of
 */
export function filterRows(
	rows: IDataObject[],
	results: unknown,
	{ excludeHost, minAbundance, minReadCount, name, rank, top }: RowFilters,
): IDataObject[] {
	const { host_tax_ids } = objectOf(results);
	const hosts = new Set(Array.isArray(host_tax_ids) ? host_tax_ids.map(String) : []);
	const abundance = withChildren(rows, 'abundance');
	const readCount = withChildren(rows, 'readcount');
	const reaches = (row: IDataObject, column: string, least?: number) =>
		least === undefined || (numberIn(row, column) ?? -1) >= least;
	const wanted = rows.filter(
		(row) =>
			!(excludeHost && hosts.has(String(row.tax_id))) &&
			reaches(row, abundance, minAbundance) &&
			reaches(row, readCount, minReadCount) &&
			(name === undefined || String(row.name).toLowerCase().includes(name)) &&
			(rank === undefined || String(row.rank).toLowerCase() === rank),
	);
	if (top === undefined) return wanted;
	// With ranks of all kinds the root of the tree would come first, which has all of it below.
	const measures = rank === undefined ? ['abundance', 'readcount'] : [abundance, readCount];
	return highest(wanted, measures).slice(0, top);
}

/** By the first measure, and where it is missing or the same by the next; else in their order. */
function highest(rows: IDataObject[], measures: string[]): IDataObject[] {
	const compare = (left: IDataObject, right: IDataObject): number => {
		for (const measure of measures) {
			const order = (numberIn(right, measure) ?? -1) - (numberIn(left, measure) ?? -1);
			if (order !== 0) return order;
		}
		return 0;
	};
	return [...rows].sort(compare);
}
