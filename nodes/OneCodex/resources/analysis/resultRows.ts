import type { IDataObject } from 'n8n-workflow';

import { objectOf } from '../../api/answers/shape';
import { isObject } from '../../types';

/**
 * The rows of the table that results have, with their columns as they came: of a classification or a
 * functional profile its table, of MLST the alleles. What has no table is one row with all of it, so
 * that a type that nobody knows yet comes through, too.
 */
export function resultRows(results: unknown): IDataObject[] {
	const { table, mlstResults } = objectOf(results);
	if (isRows(table)) return table;
	const { results: schemes } = objectOf(mlstResults);
	if (isRows(schemes) && schemes.every(({ alleles }) => isRows(alleles))) return alleles(schemes);
	return [isObject(results) ? results : ({ results } as IDataObject)];
}

function isRows(value: unknown): value is IDataObject[] {
	return Array.isArray(value) && value.every(isObject);
}

/** Each with the sequence type that it is of. */
const alleles = (schemes: IDataObject[]): IDataObject[] =>
	schemes.flatMap(({ st, alleles: each }) =>
		(each as IDataObject[]).map((allele) => ({ st, ...allele })),
	);
