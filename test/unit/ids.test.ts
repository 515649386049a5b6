import { documentId, projectId, sampleId, userId } from '../../nodes/OneCodex/api/ids';

const id = '28459508592a481c';
const $uri = `/api/v1/documents/${id}`;
const theirs = { $ref: '/api/v1/users/5891ee65711c4d5e' };

describe('a document ID', () => {
	it.each([
		id,
		` ${id}\n`,
		$uri,
		`https://app.onecodex.com/api/v1/documents/${id}`,
		`https://app.onecodex.com/documents/${id}/?tab=1`,
		{ $ref: $uri },
		{ $uri },
		{ document_id: id },
		{ document: { $ref: $uri } },
		// What Upload Document, Init Upload, Get and the API give.
		{ document_id: id, document: { $ref: $uri }, filename: 'a.pdf', success: true },
		{ document_id: id, upload_url: 'https://s3.example', additional_fields: { key: 'k' } },
		{ document_id: id, $uri, filename: 'a.pdf', uploader: theirs, downloaders: [theirs] },
		{ $uri, filename: 'a.pdf', size: 5, uploader: theirs },
		{ document_id: null, $uri },
		// A whole item.
		{ json: { document_id: id }, pairedItem: { item: 0 } },
		{ __rl: true, mode: 'id', value: id },
		{ __rl: true, mode: 'id', value: { $ref: $uri } },
		{ __rl: true, mode: 'url', value: { document_id: id, $uri } },
	])('is found in %j', (value) => expect(documentId(value)).toBe(id));

	it('of digits alone may come as a number', () => {
		expect(documentId(2845950859248148)).toBe('2845950859248148');
	});

	it.each([
		['', 'is empty'],
		[' ', 'is empty'],
		[id.toUpperCase(), 'is not an ID'],
		[`${id}0`, 'is not an ID'],
		[id.slice(1), 'is not an ID'],
		[`/samples/${id}`, 'is not an ID'],
		[`x/${id}`, 'is not an ID'],
		['[object Object]', 'is not an ID'],
		[undefined, 'is undefined, not an ID'],
		[null, 'is null, not an ID'],
		[1, 'is the number 1, not an ID'],
		[true, 'is true, not an ID'],
		[{}, 'is an object, not an ID'],
		[theirs, 'is an object, not an ID'],
		[[], 'is an empty list, not an ID'],
		[[id], 'is a list of 1, not an ID'],
		[[id, id, id], 'is a list of 3, not an ID'],
		[{ document_id: '0123456789abcdef', $uri }, 'is an object with 2 IDs, not an ID'],
		[{ __rl: true, mode: 'list', value: '' }, 'is empty'],
		[{ __rl: true, mode: 'id', value: undefined }, 'is undefined, not an ID'],
		[{ __rl: true, mode: 'id', value: [id, id] }, 'is a list of 2, not an ID'],
	])('is not in %j, which %s', (value, message) => {
		expect(() => documentId(value)).toThrow(
			expect.objectContaining({
				kind: 'input',
				message: `Document ID ${message}`,
				description: expect.stringMatching(/16 hex digits .* ends in \/documents\/<ID> /),
			}),
		);
	});
});

describe('a user ID', () => {
	const user = '5891ee65711c4d5e';
	it.each([
		user,
		`/api/v1/users/${user}`,
		theirs,
		{ $uri: theirs.$ref, email: 'ada@example.com' },
		{ user: theirs },
		{ __rl: true, mode: 'id', value: theirs },
	])('is found in %j', (value) => expect(userId(value)).toBe(user));

	it.each([
		['ada@example.com', 'is an e-mail address, not an ID'],
		['Ada', 'is not an ID'],
		[{ document_id: id, $uri, uploader: theirs }, 'is an object, not an ID'],
		[['ada'], 'is a list of 1, not an ID'],
	])('is not in %j, which %s', (value, message) => {
		expect(() => userId(value)).toThrow(new Error(`User ID ${message}`));
	});
});

describe.each([
	['Sample ID', 'sample', sampleId],
	['Project ID', 'project', projectId],
])('a %s', (name, kind, read) => {
	it('is found as that of a document is', () => {
		const path = `/api/v1/${kind}s/${id}`;
		const named = [
			id,
			path,
			`https://app.onecodex.com/${kind}s/${id}`,
			{ [`${kind}_id`]: id },
			{ $uri: path },
			{ $ref: path },
			{ [kind]: { $ref: path } },
			{ json: { [kind]: { $uri: path } } },
		];
		for (const each of named) expect(read(each)).toBe(id);
		for (const other of [$uri, theirs, { document_id: id }, { user: theirs }]) {
			expect(() => read(other)).toThrow(new RegExp(`^${name} is .*not an ID$`));
		}
	});
});

it('an ID is not looked for in the depth', () => {
	const within = (depth: number): unknown => (depth === 0 ? id : { document: within(depth - 1) });
	expect(documentId(within(3))).toBe(id);
	expect(() => documentId(within(4))).toThrow('Document ID is an object, not an ID');
});
