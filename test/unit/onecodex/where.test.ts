import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, send } from './client';

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex({ requestsPerSecond: 0 });
	const ada = standIn.users[1].id;
	const day = (number: number) => `2024-03-0${number}T12:00:00Z`;
	standIn.seed({ filename: 'b.pdf', size: 300, createdAt: day(3) });
	standIn.seed({ filename: 'A.csv', size: 20, createdAt: day(1) });
	standIn.seed({ filename: 'a.pdf', size: 300, createdAt: '2024-03-02T00:00:00.250000-05:00' });
	standIn.seed({
		filename: 'c.pdf',
		size: 4,
		createdAt: day(4),
		uploaderId: ada,
		sharedWithMe: true,
	});
	standIn.seed({ filename: 'hidden.pdf', size: 5, createdAt: day(5), uploaderId: ada });
});
afterAll(() => standIn.close());

const list = (query: Record<string, string>) =>
	apiClient(standIn).get(`/documents?${new URLSearchParams(query)}`);

async function names(query: Record<string, unknown>): Promise<string[]> {
	const clauses = Object.entries(query).map(([name, value]) => [name, JSON.stringify(value)]);
	const { text } = await list(Object.fromEntries(clauses) as Record<string, string>);
	return (JSON.parse(text) as Array<{ filename: string }>).map(({ filename }) => filename);
}

const user = (index: number) => ({ $ref: `/api/v1/users/${standIn.users[index].id}` });
const uri = (index: number) => `/api/v1/documents/${standIn.documents[index].id}`;

test('without a clause: all that may be seen, the oldest first', async () => {
	expect(await names({})).toEqual(['A.csv', 'a.pdf', 'b.pdf', 'c.pdf']);
	expect(await names({ where: {}, sort: {} })).toEqual(['A.csv', 'a.pdf', 'b.pdf', 'c.pdf']);
});

test.each<[string, () => object, string[]]>([
	['a filename', () => ({ filename: 'a.pdf' }), ['a.pdf']],
	['$eq', () => ({ filename: { $eq: 'a.pdf' } }), ['a.pdf']],
	['$in', () => ({ filename: { $in: ['c.pdf', 'A.csv', 'z'] } }), ['A.csv', 'c.pdf']],
	['$in of nothing', () => ({ filename: { $in: [] } }), []],
	['$contains', () => ({ filename: { $contains: 'A' } }), ['A.csv']],
	['$icontains', () => ({ filename: { $icontains: 'A' } }), ['A.csv', 'a.pdf']],
	['a size', () => ({ size: 300 }), ['a.pdf', 'b.pdf']],
	['$gt', () => ({ size: { $gt: 20 } }), ['a.pdf', 'b.pdf']],
	['$gte', () => ({ size: { $gte: 20 } }), ['A.csv', 'a.pdf', 'b.pdf']],
	['$lt', () => ({ size: { $lt: 20 } }), ['c.pdf']],
	['$lte', () => ({ size: { $lte: 20 } }), ['A.csv', 'c.pdf']],
	['$in of sizes', () => ({ size: { $in: [4, 300] } }), ['a.pdf', 'b.pdf', 'c.pdf']],
	['$between, both ends included', () => ({ size: { $between: [4, 20] } }), ['A.csv', 'c.pdf']],
	['an instant in another zone', () => ({ created_at: '2024-03-02T05:00:00.25+00:00' }), ['a.pdf']],
	['$gt of instants', () => ({ created_at: { $gt: '2024-03-03T12:00:00Z' } }), ['c.pdf']],
	[
		'$lt of instants, not of their text',
		() => ({ created_at: { $lt: '2024-03-01T23:30:00-06:00' } }),
		['A.csv', 'a.pdf'],
	],
	[
		'$between of instants',
		() => ({ created_at: { $between: ['2024-03-02T00:00:00Z', '2024-03-03T12:00:00Z'] } }),
		['a.pdf', 'b.pdf'],
	],
	['an uploader', () => ({ uploader: user(1) }), ['c.pdf']],
	['$eq of uploaders', () => ({ uploader: { $eq: user(0) } }), ['A.csv', 'a.pdf', 'b.pdf']],
	['$in of uploaders', () => ({ uploader: { $in: [user(1), user(2)] } }), ['c.pdf']],
	['$uri, as in the description', () => ({ $uri: { $eq: uri(0) } }), ['b.pdf']],
	['$in of $uri, but not what is hidden', () => ({ $uri: { $in: [uri(1), uri(4)] } }), ['A.csv']],
	['two fields', () => ({ size: 300, filename: { $contains: 'b' } }), ['b.pdf']],
])('where: %s', async (_what, where, expected) => {
	expect(await names({ where: where() })).toEqual(expected);
});

test.each([
	['descending', { created_at: true }, ['c.pdf', 'b.pdf', 'a.pdf', 'A.csv']],
	['ascending', { created_at: false }, ['A.csv', 'a.pdf', 'b.pdf', 'c.pdf']],
	['by name', { filename: false }, ['A.csv', 'a.pdf', 'b.pdf', 'c.pdf']],
	['by size, the older first', { size: true }, ['a.pdf', 'b.pdf', 'A.csv', 'c.pdf']],
	['by size, then name', { size: true, filename: true }, ['b.pdf', 'a.pdf', 'A.csv', 'c.pdf']],
])('sort: %s', async (_what, sort, expected) => {
	expect(await names({ sort })).toEqual(expected);
});

test.each<[query: Record<string, string>, named: string]>([
	[{ where: '{' }, 'where'],
	[{ where: '' }, 'where'],
	[{ where: '[]' }, 'where'],
	[{ where: '{"downloaders": []}' }, 'downloaders'],
	[{ where: '{"constructor": 1}' }, 'constructor'],
	[{ where: '{"size": {"$near": 1}}' }, '$near'],
	[{ where: '{"size": {"$contains": "1"}}' }, '$contains'],
	[{ where: '{"filename": {"$gt": "a"}}' }, '$gt'],
	[{ where: '{"uploader": {"$gt": {"$ref": "/api/v1/users/0123456789abcdef"}}}' }, '$gt'],
	[{ where: '{"size": {}}' }, 'size'],
	[{ where: '{"size": {"$gte": 1, "$lte": 2}}' }, 'size'],
	[{ where: '{"size": "300"}' }, 'size'],
	[{ where: '{"size": 1.5}' }, 'size'],
	[{ where: '{"size": null}' }, 'size'],
	[{ where: '{"size": [300]}' }, 'size'],
	[{ where: '{"size": {"$in": 300}}' }, '$in'],
	[{ where: '{"size": {"$in": ["300"]}}' }, '"300"'],
	[{ where: '{"size": {"$between": [1]}}' }, '$between'],
	[{ where: '{"filename": 5}' }, 'filename'],
	[{ where: '{"filename": {"$icontains": ""}}' }, '$icontains'],
	[{ where: '{"created_at": "2024-03-01"}' }, 'created_at'],
	[{ where: '{"created_at": "2024-03-01T12:00:00"}' }, 'created_at'],
	[{ where: '{"created_at": {"$gt": "2024-13-01T12:00:00Z"}}' }, 'created_at'],
	[{ where: '{"created_at": {"$gt": 1709294400000}}' }, 'created_at'],
	[{ where: '{"uploader": "ada@lab.example"}' }, 'uploader'],
	[{ where: '{"uploader": {"$ref": "/api/v1/users/1"}}' }, 'uploader'],
	[{ where: '{"$uri": "0123456789abcdef"}' }, '$uri'],
	[{ sort: 'created_at' }, 'sort'],
	[{ sort: '["created_at"]' }, 'sort'],
	[{ sort: '{"created_at": "desc"}' }, 'created_at'],
	[{ sort: '{"created_at": 1}' }, 'created_at'],
	[{ sort: '{"downloaders": true}' }, 'downloaders'],
	[{ sort: '{"toString": true}' }, 'toString'],
])('%j is refused, and %s named', async (query, named) => {
	const { status, text } = await list(query);
	expect(status).toBe(400);
	expect(JSON.parse(text)).toEqual({ message: expect.stringContaining(named), status });
});

test('pages are pages of what was asked for, and their links ask for it too', async () => {
	const query = { where: '{"filename": {"$icontains": ".pdf"}}', sort: '{"filename": true}' };
	const first = await list({ ...query, per_page: '2' });
	expect(first.headers['x-total-count']).toBe('3');
	const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
	const second = await apiClient(standIn).get(next.replace('/api/v1', ''));
	const filenames = [first, second].map(({ text }) =>
		(JSON.parse(text) as Array<{ filename: string }>).map(({ filename }) => filename),
	);
	expect(filenames).toEqual([['c.pdf', 'b.pdf'], ['a.pdf']]);
	expect(second.headers.link).not.toContain('rel="next"');
	expect(second.headers['x-total-count']).toBe('3');
});

test('whoever has no key gets nothing, whatever is asked for', async () => {
	const url = `${standIn.baseUrl}/api/v1/documents?where={"size":300}`;
	const { status, text, headers } = await send(encodeURI(url), {});
	expect([status, text, headers['x-total-count']]).toEqual([200, '[]', '0']);
});

test('a thousand documents are listed page by page', async () => {
	const large = await startOneCodex({ requestsPerSecond: 0 });
	try {
		for (let index = 0; index < 1000; index++) {
			large.seed({ filename: `${index}.txt`, size: index + 1 });
		}
		const query = 'per_page=100&page=10&where={"size":{"$gt":50}}';
		const { text, headers } = await apiClient(large).get(encodeURI(`/documents?${query}`));
		expect(JSON.parse(text)).toHaveLength(50);
		expect(headers['x-total-count']).toBe('950');
	} finally {
		await large.close();
	}
});
