import { startOneCodex } from '../../onecodex';
import { RateLimiter } from '../../onecodex/api/rateLimit';
import { apiClient, basic, send } from './client';

test('the window slides: a request is served when the one ten before is a second old', () => {
	let now = 0;
	const limiter = new RateLimiter(2, () => now);
	const admitAt = (at: number, apiKey = 'key') => {
		now = at;
		return limiter.admit(apiKey);
	};
	expect([admitAt(0), admitAt(600), admitAt(999)]).toEqual([true, true, false]);
	expect(admitAt(999, 'another key')).toBe(true);
	expect([admitAt(1000), admitAt(1001), admitAt(1600)]).toEqual([true, false, true]);
	limiter.reset();
	expect(admitAt(1600)).toBe(true);
});

test('eleven requests at once: one is refused, over all routes and both ways to give the key', async () => {
	const standIn = await startOneCodex();
	try {
		const api = apiClient(standIn);
		const byHeader = { headers: { 'X-API-Key': standIn.apiKey } };
		const replies = await Promise.all([
			...Array.from({ length: 8 }, () => api.get('/account')),
			api.get('/documents'),
			send(`${standIn.baseUrl}/api/v1/nowhere`, byHeader),
			api.post('/documents/init_upload', { filename: 'report.pdf', size: 1 }),
		]);
		const refused = replies.filter(({ status }) => status === 429);
		expect(refused).toHaveLength(1);
		expect(JSON.parse(refused[0].text)).toEqual({ msg: 'Rate limited.', status: 429 });

		const another = { headers: { Authorization: basic('another key') } };
		expect((await send(`${standIn.baseUrl}/api/v1/account`, another)).status).toBe(401);
		standIn.reset();
		expect((await api.get('/account')).status).toBe(200);
	} finally {
		await standIn.close();
	}
});

test('0 is no limit', async () => {
	const standIn = await startOneCodex({ requestsPerSecond: 0 });
	try {
		const { get } = apiClient(standIn);
		const replies = await Promise.all(Array.from({ length: 40 }, () => get('/account')));
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
	} finally {
		await standIn.close();
	}
});
