import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../../errors/oneCodexError';
import { isObject } from '../../types';

/** What is no object has none of an object's fields. */
export function objectOf(answer: unknown): IDataObject {
	return isObject(answer) ? answer : {};
}

export function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** Of a field that need not be there. */
export function isTextOrNull(value: unknown): value is string | null | undefined {
	return value === undefined || value === null || typeof value === 'string';
}

export function isReference(value: unknown): value is { $ref: string } {
	return isObject(value) && typeof value.$ref === 'string';
}

export function isReferences(value: unknown): value is Array<{ $ref: string }> {
	return Array.isArray(value) && value.every(isReference);
}

/** Answers of another shape come from something in between, or were cut short: both may pass. */
export function unexpected(route: string, expected: string): OneCodexError {
	return new OneCodexError('service', `One Codex answered ${route} without ${expected}`, {
		isTransient: true,
		description: 'Check the Base URL of the credential, and for a proxy in between.',
	});
}

/**
 * The path of what a reference names: a `$ref`, or the `$uri` of what came expanded in its place;
 * undefined for anything else.
 */
export function pathOf(reference: unknown): string | undefined {
	const { $ref, $uri } = objectOf(reference);
	return [$ref, $uri].find((path) => typeof path === 'string') as string | undefined;
}

/** Whether it names an entry of the collection. */
export function isReferenceTo(collection: string, reference: unknown): boolean {
	return new RegExp(`/${collection}/\\w{16}$`).test(pathOf(reference) ?? '');
}

/** The ID of what a reference names, null where it names nothing. */
export function idOfReference(reference: unknown): string | null {
	return pathOf(reference)?.split('/').at(-1) ?? null;
}
