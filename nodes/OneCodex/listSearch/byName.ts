import { listQuery } from '../api/query';

/** What a list of things with names is asked for, in their order, by a part of one. */
export function byName(filter = '') {
	const part = filter.trim();
	return listQuery({ where: part ? { name: { $icontains: part } } : {}, sort: { name: false } });
}
