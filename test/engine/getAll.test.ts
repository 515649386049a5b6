import type { INodeParameters } from 'n8n-workflow';

import { toFileName } from '../../nodes/OneCodex/api/fileName';
import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, type Run, type RunOptions } from './engine';
import { startFront } from './front';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const list = async (parameters: INodeParameters = {}, options: Partial<RunOptions> = {}) =>
	await run({
		credentials: oneCodex,
		items: [{ json: {} }],
		steps: [{ operation: 'getAll', ...parameters }],
		...options,
	});
const jsons = (result: Run) => result.outputs()[0].map(({ json }) => json);
const names = (result: Run) => jsons(result).map(({ filename }) => filename);

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T12:00:00.000Z`;
/** n documents, the first being the oldest, smallest and first by name. */
const seed = (count: number) => {
	for (let number = 1; number <= count; number++) {
		oneCodex.seed({
			filename: `report-${String(number).padStart(3, '0')}.pdf`,
			size: number * 1_000,
			createdAt: new Date(Date.parse(day(1)) + (number - 1) * 86_400_000).toISOString(),
		});
	}
};
/** What was asked of One Codex, by the query of the last list. */
const asked = () => {
	const lists = oneCodex.requests.filter(({ path }) => path.startsWith('/api/v1/documents?'));
	const { searchParams } = new URL(lists.at(-1)!.path, 'http://stand-in');
	return Object.fromEntries(
		['where', 'sort']
			.filter((name) => searchParams.has(name))
			.map((name) => [name, JSON.parse(searchParams.get(name)!)]),
	);
};

describe('the output', () => {
	it('is simple by default: ids plain beside their $uri, at most ten fields', async () => {
		seed(1);
		const [document] = oneCodex.documents;
		document.downloaders.push(oneCodex.users[1].id);
		const result = await list();
		expect(result.outputs()).toEqual([
			[
				{
					json: {
						document_id: document.id,
						$uri: `/api/v1/documents/${document.id}`,
						filename: 'report-001.pdf',
						size: 1_000,
						created_at: day(1),
						uploader_id: oneCodex.userId,
						uploader_uri: `/api/v1/users/${oneCodex.userId}`,
						downloader_ids: [oneCodex.users[1].id],
					},
					pairedItem: { item: 0 },
				},
			],
		]);
	});

	it('is what One Codex gives without Simplify', async () => {
		seed(1);
		const [document] = oneCodex.documents;
		expect(jsons(await list({ simplify: false }))).toEqual([
			{
				document_id: document.id,
				$uri: `/api/v1/documents/${document.id}`,
				filename: 'report-001.pdf',
				size: 1_000,
				created_at: day(1),
				uploader: { $ref: `/api/v1/users/${oneCodex.userId}` },
				downloaders: [],
			},
		]);
	});

	it('is empty where there is nothing, and no error', async () => {
		const result = await list();
		expect(result.error).toBeUndefined();
		expect(result.outputs()).toEqual([[]]);
	});

	it('is an error where the key is not known, though One Codex answers with an empty list', async () => {
		seed(1);
		const credentials = { apiKey: 'another-key-0123456789', baseUrl: oneCodex.baseUrl };
		const result = await list({}, { credentials });
		expect(result.error).toMatchObject({
			httpCode: '401',
			message: expect.stringMatching(/^One Codex does not know this API key/),
		});
	});

	it('has a list for each item, paired with it', async () => {
		seed(2);
		const result = await list({}, { items: [{ json: {} }, { json: {} }] });
		expect(result.outputs()[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
		]);
	});
});

describe('pages', () => {
	it.each([
		[undefined, 50, 1],
		[3, 3, 1],
		[120, 120, 2],
		[500, 230, 3],
	])('with Limit %p give %i of 230 in %i requests', async (limit, count, requests) => {
		seed(230);
		const result = await list(limit === undefined ? {} : { limit });
		expect(names(result)).toHaveLength(count);
		expect(new Set(names(result)).size).toBe(count);
		expect(oneCodex.requests).toHaveLength(requests);
	});

	it('are all followed with Return All', async () => {
		seed(230);
		expect(names(await list({ returnAll: true }))).toHaveLength(230);
	});

	it.each([
		['another list', '</api/v1/samples?page=2>; rel="next"'],
		['another host, whose path is another', '<https://elsewhere.example/x>; rel="next"'],
	])('that are said to go on in %s are not followed', async (_, link) => {
		const result = await list({ returnAll: true }, { credentials: await withLink(link) });
		expect(result.error?.message).toMatch(/^One Codex gave a next page that is of another list/);
	});

	it('that lead back to themselves end', async () => {
		const link = '</api/v1/documents?page=1>; rel="next"';
		const result = await list({ returnAll: true }, { credentials: await withLink(link) });
		expect(result.error).toBeUndefined();
	});

	async function withLink(link: string) {
		const front = closedAfterTest(
			await startFront(oneCodex.baseUrl, (_incoming, response) => {
				response.writeHead(200, { 'Content-Type': 'application/json', Link: link });
				response.end('[]');
				return true;
			}),
		);
		return { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
	}
});

describe('filters', () => {
	const created = (where: object) => ({ where: { created_at: where } });
	const size = (where: object) => ({ where: { size: where } });
	it.each<[string, INodeParameters, object, number[]]>([
		['createdAfter', { createdAfter: day(4) }, created({ $gte: day(4) }), [6, 5, 4]],
		['createdBefore', { createdBefore: day(2) }, created({ $lte: day(2) }), [2, 1]],
		[
			'both',
			{ createdAfter: day(2), createdBefore: day(4) },
			created({ $between: [day(2), day(4)] }),
			[4, 3, 2],
		],
		['minSize', { minSize: 5_000 }, size({ $gte: 5_000 }), [6, 5]],
		['maxSize', { maxSize: 2_000 }, size({ $lte: 2_000 }), [2, 1]],
		['both sizes', { minSize: 3_000, maxSize: 4_000 }, size({ $between: [3_000, 4_000] }), [4, 3]],
		[
			'filename',
			{ filename: 'PORT-003' },
			{ where: { filename: { $icontains: 'PORT-003' } } },
			[3],
		],
		[
			'several at once',
			{ filename: 'report', minSize: 5_000, createdBefore: day(5) },
			{
				where: {
					filename: { $icontains: 'report' },
					size: { $gte: 5_000 },
					created_at: { $lte: day(5) },
				},
			},
			[5],
		],
		[
			'none that says anything',
			{ filename: '', minSize: 0, createdAfter: '' },
			{},
			[6, 5, 4, 3, 2, 1],
		],
	])('%s, on the wire and in effect', async (_, filters, expected, numbers) => {
		seed(6);
		const result = await list({ filters });
		expect(result.error).toBeUndefined();
		expect(asked()).toEqual({ sort: { created_at: true }, ...expected });
		expect(names(result)).toEqual(numbers.map((number) => `report-00${number}.pdf`));
	});

	it.each([(id: string) => id, (id: string) => `/api/v1/users/${id}`])(
		'uploaderId, plain or as a $ref',
		async (form) => {
			seed(1);
			const uploaderId = oneCodex.users[1].id;
			oneCodex.seed({ filename: 'theirs.pdf', size: 5, uploaderId, sharedWithMe: true });
			const result = await list({ filters: { uploaderId: form(uploaderId) } });
			expect(asked().where).toEqual({ uploader: { $ref: `/api/v1/users/${uploaderId}` } });
			expect(names(result)).toEqual(['theirs.pdf']);
		},
	);

	it.each([
		['a date in the zone of the workflow', '2026-01-04T12:00:00', '2026-01-04T11:00:00.000Z'],
		['a day', '2026-07-01', '2026-06-30T22:00:00.000Z'],
		['a date with a zone', '2026-01-04T12:00:00-05:00', '2026-01-04T17:00:00.000Z'],
		['a DateTime', '={{ DateTime.fromISO("2026-01-04T12:00:00Z") }}', '2026-01-04T12:00:00.000Z'],
		['a Date', '={{ new Date("2026-01-04T12:00:00Z") }}', '2026-01-04T12:00:00.000Z'],
	])('%s is a moment', async (_, createdAfter, expected) => {
		await list({ filters: { createdAfter } }, { settings: { timezone: 'Europe/Berlin' } });
		expect(asked().where).toEqual({ created_at: { $gte: expected } });
	});

	it.each([
		['Bericht März', 'Bericht_Marz'],
		[' März ', 'Marz'],
		['bericht märz.pdf', 'bericht_marz.pdf'],
		['C:\\Users\\me\\Bericht März.pdf', 'Bericht_Marz.pdf'],
		['Bericht_', 'Bericht_'],
	])('filename finds %j as One Codex has it', async (filename, part) => {
		seed(2);
		oneCodex.seed({ filename: toFileName('Bericht März.pdf'), size: 5 });
		const result = await list({ filters: { filename } });
		expect(asked().where).toEqual({ filename: { $icontains: part } });
		expect(names(result)).toEqual(['Bericht_Marz.pdf']);
	});

	// Each was taken for some date or other.
	it.each(['11.05.2026', 'Week 48', 'report 5', '11/25/2026'])(
		'%j is not a date, for it can be read in two ways or in none',
		async (createdBefore) => {
			seed(2);
			const result = await list({ returnAll: true, filters: { createdBefore } });
			expect(result.error?.message).toBe('Created Before is not a date [item 0]');
			expect(oneCodex.requests).toEqual([]);
		},
	);

	it.each<[INodeParameters, RegExp]>([
		[{ filters: { createdAfter: 'soon' } }, /^Created After is not a date \[item 0\]$/],
		[{ filters: { createdBefore: '2026-13-45' } }, /^Created Before is not a date/],
		[{ filters: { minSize: -1 } }, /^Min Size must be a whole number of bytes/],
		[{ filters: { maxSize: '1 MB' } }, /^Max Size must be a whole number of bytes/],
		[{ filters: { uploaderId: 'Ada' } }, /^User ID is not an ID/],
		[{ limit: 0 }, /^Limit must be a whole number, 1 or more/],
		[{ limit: '={{ "many" }}' }, /^Limit must be/],
	])('%j is refused before anything is sent', async (parameters, message) => {
		const result = await list(parameters);
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message),
		});
		expect(oneCodex.requests).toEqual([]);
	});
});

it.each([
	[undefined, { created_at: true }, [3, 2, 1]],
	['newest', { created_at: true }, [3, 2, 1]],
	['oldest', { created_at: false }, [1, 2, 3]],
	['name', { filename: false }, [1, 2, 3]],
	['largest', { size: true }, [3, 2, 1]],
	['smallest', { size: false }, [1, 2, 3]],
])('sort %p, on the wire and in effect', async (sort, expected, numbers) => {
	seed(3);
	const result = await list(sort === undefined ? {} : { options: { sort } });
	expect(asked()).toEqual({ sort: expected });
	expect(names(result)).toEqual(numbers.map((number) => `report-00${number}.pdf`));
});

it('a failure of one item costs the others nothing, where the node continues', async () => {
	seed(1);
	const result = await list(
		{ limit: '={{ $itemIndex === 0 ? 0 : 50 }}' },
		{ items: [{ json: {} }, { json: {} }], onError: 'continueErrorOutput' },
	);
	expect(names(result)).toEqual(['report-001.pdf']);
	expect(result.outputs()[1]).toEqual([
		{
			json: { error: expect.stringMatching(/^Limit must be/), details: {} },
			pairedItem: { item: 0 },
		},
	]);
});
