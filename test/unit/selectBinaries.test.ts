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
	['all, after one of them', 'two, *', ['two', 'one', 'inline', 'a, b']],
	['all, before one that is not there', '*,three', ['one', 'two', 'inline', 'a, b', 'three']],
	['all in a list', ['two', '*'], ['two', 'one', 'inline', 'a, b']],
	['a name twice', 'two, one, two', ['two', 'one']],
	['a name twice in a list', ['two', ' two ', item.binary!.two], ['two']],
	['a copy of one that is there', ['two', { ...item.binary!.two }], ['two']],
	['a copy with another name', ['two', { ...item.binary!.two, fileName: 'x' }], ['two', 'two']],
	['what is not there, twice', 'three, three', ['three']],
	['what is not there', 'three', ['three']],
	['the very object', item.binary!.two, ['two']],
	['the very object, which has no ID', item.binary!.inline, ['inline']],
	['a copy of one that is stored', { ...item.binary!.two }, ['two']],
	['a copy of one that has no ID', { ...item.binary!.inline }, ['']],
	['a file of another item', file({ id: 'filesystem-v2:3' }), ['']],
])('a file is found by %s', (_, parameter, expected) => {
	expect(namesOf(parameter)).toEqual(expected);
});

it('a file in the JSON is one, by whatever name', () => {
	const json = { _files: { data: item.binary!.one, 'a.b': item.binary!.two } } as never;
	const names = (parameter: unknown) =>
		selectBinaries({ json }, parameter).map(({ binaryPropertyName }) => binaryPropertyName);
	expect(names('data, a.b, *')).toEqual(['data', 'a.b']);
	expect(names('*, data, _files.data, a.b')).toEqual(['_files.data', '_files["a.b"]']);
	const both = { json, binary: { data: item.binary!.inline } };
	expect(selectBinaries(both, '*, data')).toHaveLength(3);
});

describe("what n8n's $binary gives has no bytes, and", () => {
	const binary = {
		first: file({ data: 'YQ==', fileName: 'a.txt' }),
		second: file({ data: 'Yg==', fileName: 'b.txt' }),
		twin: file({ data: 'Yw==', fileName: 'b.txt' }),
		bare: { data: 'ZA==' } as IBinaryData,
	};
	const select = (parameter: unknown) => selectBinaries({ json: {}, binary }, parameter);
	const copy = (of: IBinaryData) => ({ ...of, data: undefined });

	it('is the file that is the same in all else', () => {
		expect(select(copy(binary.first))).toEqual([
			{ binaryPropertyName: 'first', data: binary.first },
		]);
		expect(select([copy(binary.first), 'second'])).toHaveLength(2);
	});

	it.each([
		['two are the same', copy(binary.second)],
		['less is given', { fileName: 'a.txt' }],
		['more is given', { ...copy(binary.first), directory: 'x' }],
		['nothing is given', {}],
		['it has an ID', { ...copy(binary.first), id: 'filesystem-v2:1' }],
		['it has other bytes', { ...binary.first, data: 'ZQ==' }],
	])('is none where %s', (_, object) => {
		expect(select(object)).toEqual([{ binaryPropertyName: '', data: object }]);
	});
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
