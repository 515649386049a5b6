import { type OneCodexStandIn, startOneCodex } from '../../onecodex';
import { apiClient, send } from './client';

let standIn: OneCodexStandIn;
beforeAll(async () => {
	const users = ['bob@lab.example', 'ada@lab.example'];
	standIn = await startOneCodex({ users, requestsPerSecond: 0 });
});
afterAll(() => standIn.close());

const list = async (query: Record<string, string> = {}) => {
	const { status, text } = await apiClient(standIn).get(`/users?${new URLSearchParams(query)}`);
	return { status, body: JSON.parse(text) as Array<{ email: string }> & { message?: string } };
};
const emails = async (query: Record<string, string>) =>
	(await list(query)).body.map(({ email }) => email);

test("the account's own user and those of the option are listed and read", async () => {
	const resources = standIn.users.map(({ id, email }) => ({ $uri: `/api/v1/users/${id}`, email }));
	expect((await list()).body).toEqual(resources);
	expect(resources.map(({ email }) => email)).toEqual([
		'stand-in@onecodex.example',
		'bob@lab.example',
		'ada@lab.example',
	]);
	expect(standIn.users[0].id).toBe(standIn.userId);
	const one = await apiClient(standIn).get(`/users/${standIn.users[2].id}`);
	expect(JSON.parse(one.text)).toEqual(resources[2]);
	const account = JSON.parse((await apiClient(standIn).get('/account')).text) as unknown;
	expect(account).toMatchObject({
		email: resources[0].email,
		user: { $ref: resources[0].$uri },
	});
});

test('they are found by the whole e-mail, sorted by it, and given in pages', async () => {
	expect(await emails({ where: '{"email":"ada@lab.example"}' })).toEqual(['ada@lab.example']);
	expect(await emails({ where: '{"email":{"$eq":"nobody@lab.example"}}' })).toEqual([]);
	expect(await emails({ sort: '{"email":false}', per_page: '2' })).toEqual([
		'ada@lab.example',
		'bob@lab.example',
	]);
	const $uri = `/api/v1/users/${standIn.users[1].id}`;
	expect(await emails({ where: JSON.stringify({ $uri }) })).toEqual(['bob@lab.example']);
});

test.each(['{"email":{"$icontains":"ada"}}', '{"email":{"$in":[]}}', '{"name":"ada"}'])(
	'%s is refused',
	async (where) => {
		expect(await list({ where })).toMatchObject({ status: 400, body: { status: 400 } });
	},
);

test('an unknown user is 404; without a key the list is empty and a user 401', async () => {
	expect((await apiClient(standIn).get('/users/0123456789abcdef')).status).toBe(404);
	const anonymous = await send(`${standIn.baseUrl}/api/v1/users`, {});
	expect([anonymous.status, anonymous.text]).toEqual([200, '[]']);
	const one = await send(`${standIn.baseUrl}/api/v1/users/${standIn.userId}`, {});
	expect(one.status).toBe(401);
});
