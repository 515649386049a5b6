import {
	NodeHelpers,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { OneCodexApi } from '../../credentials/OneCodexApi.credentials';
import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';
import { EXAMPLES, released, savedWith } from '../saved';

const { node: before, credential } = released('0.4.0');
const today = new OneCodex().description;
const workflows = savedWith('0.4.0');

/** The node's parameters in each workflow, by the workflow and the node's name. */
const saved = Object.entries(workflows).flatMap(([workflow, { nodes }]) =>
	nodes
		.filter(({ type }) => type.startsWith('n8n-nodes-onecodex.'))
		.map(({ name, type, parameters }) => {
			const isTool = type.endsWith('Tool');
			return [`${workflow}: ${name}`, parameters, isTool] as const;
		}),
);
const editorsOwn = saved.filter(([name]) => !EXAMPLES.some((example) => name.startsWith(example)));

/** The node as n8n offers it to a model. */
const asTool = (of: INodeTypeDescription) => ({ ...of, name: `${of.name}Tool` });

/** What n8n makes of saved parameters: with the defaults that were left out, or without. */
const parametersOf = (of: INodeTypeDescription, parameters: IDataObject, withDefaults: boolean) =>
	NodeHelpers.getNodeParameters(
		of.properties,
		parameters as Parameters<typeof NodeHelpers.getNodeParameters>[1],
		withDefaults,
		false,
		{ typeVersion: 1 },
		of,
	);

/** Each field, each value that can be chosen for it, and the same of what is in its collection. */
function everything(properties: INodeProperties[], within = ''): Map<string, unknown> {
	const all = new Map<string, unknown>();
	for (const { name, type, default: preset, options = [], displayOptions, modes } of properties) {
		const { operation = [], source = [] } = (displayOptions?.show ?? {}) as Record<
			string,
			string[]
		>;
		const path = [within, ...operation, ...source, name].filter(Boolean).join('.');
		all.set(path, { type, default: preset, modes: modes?.map((mode) => mode.name) });
		if (type === 'collection') {
			for (const entry of everything(options as INodeProperties[], path)) all.set(...entry);
		} else {
			for (const { value } of options as INodePropertyOptions[]) {
				all.set(`${path}=${String(value)}`, {});
			}
		}
	}
	return all;
}

const ofDocuments = (properties: INodeProperties[]) =>
	properties.filter(({ displayOptions }) => {
		const { resource = ['document'] } = (displayOptions?.show ?? {}) as Record<string, string[]>;
		return resource.includes('document');
	});

/** What has another default today, and why no saved workflow does anything else for it. */
const OTHER_DEFAULTS: Record<string, { default: unknown }> = {
	// Without a document n8n refused to run these, so whoever saved a workflow that ran has chosen one.
	...Object.fromEntries(
		['download', 'get', 'rename', 'share', 'unshare'].map((operation) => [
			`${operation}.documentId`,
			{ default: { mode: 'id', value: '={{ $json.document_id }}' } },
		]),
	),
	// From which size on a file goes in parts; what becomes of it is the same.
	'uploadDocument.options.multipartThreshold': { default: 64 },
};

it('every field of 0.4.0 is still there, with its type, default and values', () => {
	const expected = Object.fromEntries(
		[...everything(before.properties)].map(([path, field]) => [
			path,
			{ ...(field as object), ...OTHER_DEFAULTS[path] },
		]),
	);
	const found = Object.fromEntries(everything(ofDocuments(today.properties)));

	expect(Object.keys(expected).length).toBeGreaterThan(80);
	expect(found).toMatchObject(expected);
	expect(Object.keys(OTHER_DEFAULTS).filter((path) => !(path in expected))).toEqual([]);
});

it('so are the names by which n8n knows node and credential', () => {
	const { name, displayName, version, inputs, outputs, credentials, defaults } = before;
	expect(today).toMatchObject({
		...{ name, displayName, version, inputs, outputs, credentials, defaults },
	});
	const api = new OneCodexApi();
	expect([api.name, api.displayName]).toEqual([credential.name, credential.displayName]);
	expect(api.properties.map((field) => [field.name, field.type, field.default])).toEqual(
		credential.properties.map((field) => [field.name, field.type, field.default]),
	);
});

it('what is kept as saved is what the editor of 0.4.0 saved: all but defaults', () => {
	expect(editorsOwn.length).toBeGreaterThan(20);
	for (const [name, parameters, isTool] of editorsOwn) {
		const then = isTool ? asTool(before) : before;
		expect([name, parametersOf(then, parameters, false)]).toEqual([name, parameters]);
	}
});

const fields = everything(before.properties);
const isCollection = (path: string) =>
	(fields.get(path) as { type?: string } | undefined)?.type === 'collection';

it('it fills in every field of 0.4.0, and chooses every value that there is', () => {
	const used = new Set<string>();
	const use = (path: string, value: unknown) => {
		used.add(path).add(`${path}=${String(value)}`);
		if (!isCollection(path)) return;
		for (const [key, one] of Object.entries(value as object)) use(`${path}.${key}`, one);
	};
	for (const [, parameters] of saved) {
		const { operation, source } = parametersOf(before, parameters, true) as Record<string, string>;
		for (const [name, value] of Object.entries(parameters)) {
			for (const path of [name, `${operation}.${name}`, `${operation}.${source}.${name}`]) {
				if (fields.has(path)) use(path, value);
			}
		}
	}
	// A value that is the default is chosen by leaving it.
	for (const [path, field] of fields) used.add(`${path}=${String((field as IDataObject).default)}`);
	expect([...fields.keys()].filter((path) => !used.has(path))).toEqual([]);
});

it.each(saved)('today n8n finds the same in it, and nothing amiss: %s', (_, parameters, isTool) => {
	const [old, current] = isTool ? [asTool(before), asTool(today)] : [before, today];
	const then = parametersOf(old, parameters, true)!;
	const now = parametersOf(current, parameters, true)!;

	expect(now).toEqual(then);
	const node = { ...{ id: '', name: '', type: '', typeVersion: 1, position: [0, 0] as [0, 0] } };
	const issues = NodeHelpers.getNodeParametersIssues(
		today.properties,
		{ ...node, parameters: now },
		current,
	);
	expect(issues?.parameters ?? {}).toEqual({});
});
