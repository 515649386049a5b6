import type { INodePropertyOptions } from 'n8n-workflow';

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
export const SORT_OPTIONS: INodePropertyOptions[] = [
	{ name: 'Largest First', value: 'largest' },
	{ name: 'Name', value: 'name' },
	{ name: 'Newest First', value: 'newest' },
	{ name: 'Oldest First', value: 'oldest' },
	{ name: 'Smallest First', value: 'smallest' },
];

const ORDERS = Object.keys(SORT) as Array<keyof typeof SORT>;

/** One Codex's `sort`, as JSON. @throws OneCodexError (input) for what is no order of these */
export const sortOf = (order: unknown): string =>
	JSON.stringify(SORT[choice(order, ORDERS, 'Sort')]);
