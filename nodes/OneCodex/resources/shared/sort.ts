import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { choice } from './choice';

/** What One Codex is asked to sort by; true is descending. */
const SORT = {
	newest: { created_at: true },
	oldest: { created_at: false },
	name: { filename: false },
	largest: { size: true },
	smallest: { size: false },
};

/** The orders of files, be they documents or samples. */
const FILE_ORDERS: INodePropertyOptions[] = [
	{ name: 'Largest First', value: 'largest' },
	{ name: 'Name', value: 'name' },
	{ name: 'Newest First', value: 'newest' },
	{ name: 'Oldest First', value: 'oldest' },
	{ name: 'Smallest First', value: 'smallest' },
];

type Order = keyof typeof SORT;

const ORDERS = Object.keys(SORT) as Order[];

/** Those of what has a time and no file. */
export const TIME_ORDERS = ['newest', 'oldest'] as const satisfies Order[];

/** @param what it lists: 'samples' */
export const sortOption = (what: string, orders: readonly Order[] = ORDERS): INodeProperties => ({
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: FILE_ORDERS.filter(({ value }) => orders.some((order) => order === value)),
	default: 'newest',
	description: `The order of the ${what}`,
});

/** One Codex's `sort`. @throws OneCodexError (input) for what is no order of these */
export const sortOf = (order: unknown, orders: readonly Order[] = ORDERS): IDataObject =>
	SORT[choice(order, orders, 'Sort')];
