import { documentId } from '../../nodes/OneCodex/api/ids';

describe('a document ID', () => {
	const id = '28459508592a481c';
	it.each([
		id,
		` ${id}\n`,
		`/api/v1/documents/${id}`,
		`https://app.onecodex.com/api/v1/documents/${id}`,
		`https://app.onecodex.com/documents/${id}/?tab=1`,
	])('is found in %j', (value) => expect(documentId(value)).toBe(id));

	it.each([
		'',
		id.toUpperCase(),
		`${id}0`,
		id.slice(1),
		`/samples/${id}`,
		`x/${id}`,
		undefined,
		1,
		{},
	])('is not in %j', (value) => expect(() => documentId(value)).toThrow(/^Document ID is/));
});
