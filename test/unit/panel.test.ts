import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';
import { OneCodexTrigger } from '../../nodes/OneCodexTrigger/OneCodexTrigger.node';
import { root } from '../n8n/installation';

const node = new OneCodex().description;
const trigger = new OneCodexTrigger().description;
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const optionsOf = (field?: INodeProperties) => (field?.options ?? []) as INodePropertyOptions[];
const field = (name: string, resource?: string) =>
	node.properties.find(
		(each) =>
			each.name === name && (!resource || each.displayOptions?.show?.resource?.includes(resource)),
	);
const resources = optionsOf(field('resource')).map(({ name, value }) => ({
	name,
	operations: optionsOf(field('operation', String(value))),
}));

/** What README's table of a resource or of the trigger has in its first column. */
function tableOf(title: string): string[] {
	const [, table = ''] = readme.split(`**[${title}]`)[1]?.split(/(^\|.*(?:\n\|.*)*)/m) ?? [];
	const [, , ...rows] = table.split('\n');
	return rows.flatMap((row) => row.split('|')[1].trim().split(', '));
}

it('n8n lists first what people do first: samples, then what was found in them', () => {
	expect(resources.map(({ name }) => name)).toEqual([
		...['Sample', 'Analysis', 'Document', 'Project', 'Job'],
	]);
	expect(resources.map(({ operations }) => operations[0].action)).toEqual([
		'Upload a sample',
		'Get the results of an analysis',
		'Upload a document',
		'Create a project',
		'Get many jobs',
	]);
	// What 0.4.0 had alone stays the default: saved workflows leave it out.
	expect(field('resource')?.default).toBe('document');
});

it.each(['Sample', 'Analysis', 'Document'])("README has n8n's order: %s", (resource) => {
	const { operations = [] } = resources.find(({ name }) => name === resource) ?? {};
	expect(tableOf(resource)).toEqual(operations.map(({ name }) => name));
});

it("README has n8n's order: the trigger", () => {
	const events = optionsOf(trigger.properties.find(({ name }) => name === 'event'));
	expect(tableOf('One Codex Trigger')).toEqual(events.map(({ name }) => name));
});

/** Fields, and the options and collections in them, however deep. */
const all = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((each) => [
		each,
		...all((each.options ?? []).filter((option): option is INodeProperties => 'type' in option)),
	]);
const fields = [...all(node.properties), ...all(trigger.properties)];

it('the same field has the same name everywhere', () => {
	const names = new Map<string, Set<string>>();
	for (const { name, displayName } of fields) {
		// A picker is of a sample, a text of its ID; a filter of a part of what it names.
		const plain = displayName.replace(/ (ID|Contains)$/, '');
		names.set(name, (names.get(name) ?? new Set()).add(plain));
	}
	const differing = [...names]
		.filter(([, set]) => set.size > 1)
		.map(([name, set]) => [name, ...set]);

	expect(differing).toEqual([
		['binaryPropertyName', 'Input Binary Field', 'Put Output File in Field'],
	]);
});

it('a text of one sentence has no full stop, one of more ends with it; it says "you" and "give back"', () => {
	const operations = resources.flatMap((each) => each.operations);
	const texts = [...fields, ...operations, ...fields.flatMap((each) => optionsOf(each))]
		.map(({ description = '' }) => description)
		.filter(Boolean);

	expect(texts.length).toBeGreaterThan(150);
	for (const text of texts) {
		expect(text).toMatch(/^[A-Z\d]/);
		expect([text, text.endsWith('.')]).toEqual([text, /[.?] ([A-Z\d]|n8n)/.test(text)]);
		expect(text).not.toMatch(/ {2}|\bgiven? out\b|\b(the|this) account\b/i);
	}
});

it.each([node, trigger])('says what it can do now: $displayName', ({ description = '' }) => {
	for (const word of ['samples', 'documents', 'microbial genomics', 'what it found']) {
		expect(description).toContain(word);
	}
});

it('the trigger says both, for n8n shows node and trigger as one under its text', () => {
	expect(trigger.description).toContain('start workflows');
});
