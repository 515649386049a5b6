import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import { selectBinaries, selectOneBinary } from '../../nodes/OneCodex/binary/selectBinaries';

const file = (more: Partial<IBinaryData> = {}): IBinaryData => ({
	data: '',
	mimeType: 'text/plain',
	...more,
});
const item: INodeExecutionData = {
	json: {},
	binary: {
		one: file({ id: 'filesystem-v2:1' }),
		two: file({ id: 'filesystem-v2:2' }),
		inline: file({ data: 'YQ==' }),
		'a, b': file({ data: 'Yg==' }),
	},
};
const namesOf = (parameter: unknown) =>
	selectBinaries(item, parameter).map(({ binaryPropertyName }) => binaryPropertyName);

it.each([
	['a name', 'two', ['two']],
	['a name in spaces', ' two ', ['two']],
	['several', 'two , one', ['two', 'one']],
	['a name with a comma', 'a, b', ['a, b']],
	['all', '*', ['one', 'two', 'inline', 'a, b']],
	['a list', ['two', 'one'], ['two', 'one']],
	['what is not there', 'three', ['three']],
	['the very object', item.binary!.two, ['two']],
	['the very object, which has no ID', item.binary!.inline, ['inline']],
	['a copy of one that is stored', { ...item.binary!.two }, ['two']],
	['a copy of one that has no ID', { ...item.binary!.inline }, ['']],
	['a file of another item', file({ id: 'filesystem-v2:3' }), ['']],
])('a file is found by %s', (_, parameter, expected) => {
	expect(namesOf(parameter)).toEqual(expected);
});

it('what was selected is the file itself', () => {
	const copy = { ...item.binary!.two };
	expect(selectBinaries(item, copy)).toEqual([{ binaryPropertyName: 'two', data: copy }]);
	expect(selectOneBinary(item, 'two', 'It').data).toBe(item.binary!.two);
	expect(selectBinaries(item, 'three')[0].data).toBeUndefined();
});

it.each([
	['', /^Input Binary Field is empty$/],
	[' , ', /^Input Binary Field is empty$/],
	[undefined, /^Input Binary Field is undefined, not the name of a field$/],
	[[], /^Input Binary Field is an empty list, not the name of a field$/],
	[['one', ''], /^Input Binary Field is empty$/],
])('%j names nothing', (parameter, message) => {
	expect(() => selectBinaries(item, parameter)).toThrow(message);
});

it('an item without files has none to name', () => {
	expect(() => selectBinaries({ json: {} }, '*')).toThrow(/is \*, but the item has no file$/);
});

it('one file is not several', () => {
	expect(() => selectOneBinary(item, '*', 'It')).toThrow('It takes one file of an item, not 4');
});
