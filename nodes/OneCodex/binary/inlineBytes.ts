import { BINARY_ENCODING } from 'n8n-workflow';

import { whatItIs } from '../errors/given';
import { isObject } from '../types';

/** What n8n writes into `data` of a file that is in its store, where the bytes of another would be. */
const STORES = ['filesystem-v2', 'filesystem', 'database', 'default', 's3', 'azure'];

/** Those that n8n takes for base64 and stores, where it makes `combined` items of what a node gave. */
const MISTAKEN = STORES.filter((name) => name.length > 5).map(decoded);

/**
 * What the `data` of a binary object is instead of bytes, undefined where it is bytes. n8n's own
 * nodes decode what they get and drop every sign that is not of base64, so that of any text some
 * bytes come; here only what an encoder can have made is a file: either alphabet, with the padding
 * or without, and with white space anywhere.
 */
export function insteadOfBytes(data: unknown): string | undefined {
	if (typeof data === 'string') return insteadOfBase64(data);
	if (isBytes(data)) return undefined;
	return data === undefined ? 'nothing' : whatItIs(data);
}

/** What the `id` of a binary object is instead of one, undefined where it may be one. */
export function insteadOfId(id: unknown): string | undefined {
	return typeof id === 'string' ? nameOfStore(id.replace(/:\s*$/, '')) : whatItIs(id);
}

/** The bytes in `data`, as n8n's own nodes decode them. */
export function inlineBytes(data: unknown): Buffer {
	return typeof data === 'string' ? decoded(data) : Buffer.from(data as Uint8Array);
}

/** Whether a stored file is the name of a store, decoded. */
export function isNameOfStore(bytes: Uint8Array): boolean {
	return MISTAKEN.some((name) => name.equals(bytes));
}

/** Of files of other sizes nobody has to look into the bytes. */
export function mayBeNameOfStore(size: number): boolean {
	return MISTAKEN.some(({ length }) => length === size);
}

function decoded(text: string): Buffer {
	return Buffer.from(text, BINARY_ENCODING);
}

function nameOfStore(text: string): string | undefined {
	const store = STORES.find((name) => name === text.slice(0, 100).trim());
	return store && `the name of n8n's store (${store})`;
}

function insteadOfBase64(text: string): string | undefined {
	const store = nameOfStore(text);
	if (store) return store;
	if (/^\s*data:[^,]{0,200},/i.test(text)) return 'a data URL';
	const end = text.search(/[^\w+/\s-]/);
	const isEncoded = end < 0 || /^[=\s]*$/.test(text.slice(end));
	if (!isEncoded || isProse(text) || isCutShort(text)) return 'text that is not base64';
	return undefined;
}

/** Words with spaces between, which base64 of more than a few letters never looks like. */
function isProse(text: string): boolean {
	const word = '(?:[AaI]|[A-Za-z][a-z]+)';
	const words = new RegExp(`^\\s*(?:${word}\\s+)+${word}\\s*$`);
	const beginning = text.slice(0, 1_000).trim();
	return beginning.length > 8 && words.test(beginning);
}

/** Whether the last letters are such that no encoder ends with them. */
function isCutShort(text: string): boolean {
	let end = text.length;
	while (end > 0 && /[\s=]/.test(text[end - 1])) end--;
	let letters = end;
	if (/\s/.test(text)) {
		for (const [space] of text.slice(0, end).matchAll(/\s+/g)) letters -= space.length;
	}
	const rest = letters % 4;
	if (rest < 2) return rest === 1;
	const last = text
		.slice(Math.max(0, end - 100), end)
		.replace(/\s+/g, '')
		.slice(-rest);
	return decoded(last).toString('base64url') !== last.replace(/\+/g, '-').replace(/\//g, '_');
}

/** A buffer, or what becomes of one in JSON, or its bytes in a list. */
function isBytes(data: unknown): boolean {
	if (ArrayBuffer.isView(data)) return true;
	const isBuffer = isObject(data) && data.type === 'Buffer';
	const list = isBuffer ? data.data : data;
	return Array.isArray(list) && (isBuffer || list.length > 0) && list.every(isByte);
}

function isByte(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}
