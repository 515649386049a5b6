import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { ago, DAY, HOUR, MINUTE, Poller } from './polling';

let oneCodex: OneCodexStandIn;
let poller: Poller;

beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => {
	oneCodex.reset();
	poller = new Poller(oneCodex, { event: 'documentUploaded' });
});
afterAll(async () => await oneCodex.close());

const upload = (filename: string, createdAt?: string) =>
	oneCodex.seed({ filename, size: 5, ...(createdAt && { createdAt }) });
const names = async () => (await poller.poll())?.map(({ filename }) => filename);

describe('a workflow that becomes active', () => {
	it('begins now', async () => {
		upload('old.pdf', ago(30 * DAY));
		upload('recent.pdf', ago(MINUTE));
		expect(await poller.activate()).toBeUndefined();
		expect(await names()).toBeUndefined();
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('begins with nothing, too', async () => {
		expect(await poller.activate()).toBeUndefined();
		upload('first.pdf');
		expect(await names()).toEqual(['first.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('begins anew with other filters or another event, and not with another output', async () => {
		upload('a.pdf', ago(MINUTE));
		await poller.activate();
		upload('b.pdf');
		poller.parameters = { event: 'documentUploaded', simplify: false };
		expect(await poller.activate()).toHaveLength(1);
		upload('c.pdf');
		poller.parameters = { event: 'documentUploaded', filters: { filename: '.pdf' } };
		expect(await poller.activate()).toBeUndefined();
		upload('d.pdf');
		expect(await names()).toEqual(['d.pdf']);
		poller.parameters = { event: 'sampleAvailable', filters: { filename: '.pdf' } };
		expect(await poller.activate()).toBeUndefined();
	});
});

describe('what was uploaded', () => {
	beforeEach(async () => {
		upload('before.pdf', ago(HOUR));
		await poller.activate();
	});

	it('comes with equal times, each once, over several polls', async () => {
		const now = ago(0);
		upload('a.pdf', now);
		upload('b.pdf', now);
		expect((await names())?.sort()).toEqual(['a.pdf', 'b.pdf']);
		upload('c.pdf', now);
		expect(await names()).toEqual(['c.pdf']);
		expect(await names()).toBeUndefined();
	});

	it.each([MINUTE, HOUR, 20 * HOUR])('comes %i ms late', async (lateness) => {
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
		upload('late.pdf', ago(lateness));
		expect(await names()).toEqual(['late.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('comes late though the window is about to move on, and another was deleted', async () => {
		for (let index = 0; index < 1_050; index++) upload(`${index}.pdf`, ago(2_000 - index));
		expect(await names()).toHaveLength(1_050);
		// As many as before, and the first page is the same.
		oneCodex.documents.splice(100, 1);
		upload('late.pdf', ago(HOUR / 2));
		expect(await names()).toEqual(['late.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('comes oldest first within a millisecond, too', async () => {
		const millisecond = ago(0).slice(0, -1);
		// The newest first, as One Codex gives them.
		for (const microsecond of [3, 2, 1])
			upload(`${microsecond}.pdf`, `${millisecond}00${microsecond}Z`);
		expect(await names()).toEqual(['1.pdf', '2.pdf', '3.pdf']);
	});

	it('comes oldest first', async () => {
		upload('2.pdf', ago(10));
		upload('3.pdf', ago(5));
		upload('1.pdf', ago(15));
		expect(await names()).toEqual(['1.pdf', '2.pdf', '3.pdf']);
	});

	it('comes by hundreds at once over several pages, some with equal times', async () => {
		const all = Array.from({ length: 300 }, (_, index) => `${index}.pdf`);
		for (const [index, name] of all.entries()) upload(name, ago(index % 7));
		expect((await names())?.sort()).toEqual([...all].sort());
		expect(await names()).toBeUndefined();
		upload('late.pdf', ago(HOUR / 2));
		expect(await names()).toEqual(['late.pdf']);
		expect(await names()).toBeUndefined();
	});

	it('comes by thousands, and is forgotten in time', async () => {
		const bigger = Array.from({ length: 1_400 }, (_, index) => `${index}.pdf`);
		for (const [index, name] of bigger.entries()) upload(name, ago(2_000 - index));
		expect(await names()).toHaveLength(1_400);
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
		expect(await names()).toBeUndefined();
		upload('newer.pdf');
		expect(await names()).toEqual(['newer.pdf']);
		expect(JSON.stringify(poller.staticData).length).toBeLessThan(40_000);
	});

	it('comes although another was deleted meanwhile', async () => {
		for (let index = 0; index < 150; index++) upload(`${index}.pdf`, ago(index));
		await names();
		await names();
		const [gone] = oneCodex.documents.splice(oneCodex.documents.length - 100, 1);
		expect(gone).toBeDefined();
		upload('new.pdf');
		expect(await names()).toEqual(['new.pdf']);
	});

	it('does not come again when it is listed again', async () => {
		upload('a.pdf');
		upload('b.pdf');
		await names();
		const hidden = oneCodex.documents.splice(1);
		expect(await names()).toBeUndefined();
		oneCodex.documents.push(...hidden);
		expect(await names()).toBeUndefined();
	});

	it('costs one request a poll where nothing is new', async () => {
		for (let index = 0; index < 300; index++) upload(`${index}.pdf`);
		await poller.poll();
		const requests = await poller.requestsDuring(async () => await poller.poll());
		console.log(`A poll without anything new: ${requests.length} request (${requests.join()})`);
		expect(requests).toEqual(['/api/v1/documents']);
	});
});

it('gives what Get gives', async () => {
	await poller.activate();
	const { id } = upload('a.pdf');
	const [simple] = (await poller.poll())!;
	expect(simple).toMatchObject({ document_id: id, filename: 'a.pdf', downloader_ids: [] });
	poller = new Poller(oneCodex, { event: 'documentUploaded', simplify: false });
	await poller.activate();
	const other = upload('b.pdf');
	expect(await poller.poll()).toEqual([
		{
			document_id: other.id,
			$uri: `/api/v1/documents/${other.id}`,
			created_at: other.createdAt,
			filename: 'b.pdf',
			size: 5,
			uploader: { $ref: `/api/v1/users/${oneCodex.userId}` },
			downloaders: [],
		},
	]);
});

it('filters by name', async () => {
	poller = new Poller(oneCodex, { event: 'documentUploaded', filters: { filename: 'März' } });
	await poller.activate();
	upload('Bericht_Marz.pdf');
	upload('Bericht_April.pdf');
	expect(await names()).toEqual(['Bericht_Marz.pdf']);
});
