import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { OneCodexApi } from '../../credentials/OneCodexApi.credentials';
import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';

/** What a saved workflow depends on of a parameter, of an option or of an option's value. */
interface Saved {
	name: string;
	type?: string;
	value?: unknown;
	default?: unknown;
	show?: Record<string, unknown[]>;
	modes?: string[];
	options?: Saved[];
}

/** The description of version 0.4.0, made from its compiled node. */
const saved = JSON.parse(readFileSync(join(__dirname, 'saved', '0.4.0.json'), 'utf8')) as {
	name: string;
	version: number;
	inputs: string[];
	outputs: string[];
	credentials: string[];
	properties: Saved[];
	credential: { name: string; properties: Saved[] };
};

/** A parameter as the node's description has it now. */
type Present = Omit<Saved, 'show' | 'modes' | 'options'> & {
	displayOptions?: { show?: Saved['show']; hide?: Saved['show'] };
	modes?: Array<{ name: string }>;
	options?: Present[];
};

const { description } = new OneCodex();
const present = description.properties as unknown as Present[];

const label = ({ name, show = {} }: Saved) =>
	[...(show.operation ?? []), ...(show.source ?? []), name].join(' ');

/** Whether the parameter is still shown wherever it was: it asks for nothing that was not asked. */
const isShownFor = ({ displayOptions: { show = {}, hide } = {} }: Present, old: Saved) =>
	hide === undefined &&
	Object.entries(show).every(([key, values]) => {
		const asked = old.show?.[key];
		return asked !== undefined && asked.every((value) => values.includes(value));
	});

const presentOf = (old: Saved) =>
	present.filter((each) => each.name === old.name && isShownFor(each, old));

/** Since 0.4.0 these take the document of the item; an empty picker failed anyway. */
const newDefault = ['get', 'download', 'rename', 'share', 'unshare'].map(
	(operation) => `${operation} documentId`,
);

/** Labels that changed since: the value beside a label is what is saved. */
const newLabel: Record<string, string> = {
	'In Parts': 'Multipart Upload',
	'One Form': 'Form POST',
};

/** Every old option is there once, by its value or else by its name, and means what it meant. */
function expectOptions(old: Saved, now: Present): void {
	for (const { options, ...option } of old.options ?? []) {
		const key = option.value === undefined ? 'name' : 'value';
		const same = now.options?.filter((each) => each[key] === option[key]) ?? [];
		expect([option.name, same.length]).toEqual([option.name, 1]);
		expect(same[0]).toMatchObject({ ...option, name: newLabel[option.name] ?? option.name });
		expectOptions({ ...option, options }, same[0]);
	}
}

it('the node and its credential have the names and the connections of 0.4.0', () => {
	const { name, version, inputs, outputs, credentials } = description;
	expect({ name, version, inputs, outputs, credentials: credentials?.map((c) => c.name) }).toEqual({
		name: saved.name,
		version: saved.version,
		inputs: saved.inputs,
		outputs: saved.outputs,
		credentials: saved.credentials,
	});

	const credential = new OneCodexApi();
	expect(credential.name).toBe(saved.credential.name);
	expect(credential.properties).toEqual(
		expect.arrayContaining(
			saved.credential.properties.map((property): unknown => expect.objectContaining(property)),
		),
	);
});

it.each(saved.properties.map((old) => [label(old), old] as const))(
	'%s is as it was saved with 0.4.0',
	(name, old) => {
		const [now, ...more] = presentOf(old);

		expect([now?.type, more]).toEqual([old.type, []]);
		expect(now.modes?.map((mode) => mode.name)).toEqual(old.modes);
		expect(now.default).toEqual(
			newDefault.includes(name) ? { mode: 'id', value: '={{ $json.document_id }}' } : old.default,
		);
		expectOptions(old, now);
	},
);
