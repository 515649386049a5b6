import { randomBytes } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import {
	faultsInTurn,
	isConfirm,
	isDocumentGet,
	startOneCodex,
	type Fault,
	type FaultSchedule,
	type OneCodexStandIn,
} from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';

const uploadDocument = (options = {}): INodeParameters[] => [
	{ operation: 'uploadDocument', options },
];
const confirm = (documentId: string): INodeParameters[] => [
	{ operation: 'confirmUpload', documentId },
];
const items = async () => [
	{ json: {}, binary: { data: await storedBinary(randomBytes(5_000), 'a.bin') } },
];
const always =
	(fault: Fault): FaultSchedule =>
	(request) =>
		isConfirm(request) ? fault : undefined;

const count = ({ requests }: OneCodexStandIn, matches: (request: never) => boolean) =>
	requests.filter((request) => matches(request as never)).length;
const sends = (oneCodex: OneCodexStandIn) =>
	oneCodex.requests.filter(({ side }) => side === 'storage').length;

it.each<Fault>([{ kind: 'reset', when: 'after' }, { kind: 'truncated' }, { kind: 'malformed' }])(
	'a confirmation whose answer is lost (%j) is found out, not repeated',
	async (fault) => {
		const oneCodex = closedAfterTest(
			await startOneCodex({ faults: faultsInTurn(isConfirm, fault) }),
		);
		const result = await run({
			credentials: oneCodex,
			items: await items(),
			steps: uploadDocument(),
		});
		expect(result.error).toBeUndefined();
		const [document] = oneCodex.documents;
		expect(result.outputs()[0][0].json).toMatchObject({
			document_id: document.id,
			document: { $ref: `/api/v1/documents/${document.id}` },
			success: true,
			message: expect.any(String),
		});
		expect(document).toMatchObject({ state: 'confirmed', confirmations: 1 });
		expect(count(oneCodex, isDocumentGet)).toBe(1);
	},
);

it('a lost answer, and then a lost answer of the document, end with the 409 that it is done', async () => {
	const lost: Fault = { kind: 'reset', when: 'after' };
	const first = faultsInTurn(isConfirm, lost);
	const second = faultsInTurn(isDocumentGet, lost, lost);
	const oneCodex = closedAfterTest(
		await startOneCodex({ faults: (request) => first(request) ?? second(request) }),
	);
	const result = await run({
		credentials: oneCodex,
		items: await items(),
		steps: uploadDocument(),
	});
	expect(result.error).toBeUndefined();
	expect(oneCodex.requests.filter(isConfirm).map(({ status }) => status)).toEqual([200, 409]);
	expect(oneCodex.documents).toMatchObject([{ state: 'confirmed' }]);
});

it('Confirm Upload of what is confirmed already succeeds, with the same answer', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const [{ id }] = [oneCodex.seed({ filename: 'a.bin', bytes: Buffer.from('a') })];
	const result = await run({ credentials: oneCodex, items: [{ json: {} }], steps: confirm(id) });
	expect(result.error).toBeUndefined();
	expect(result.outputs()).toEqual([
		[
			{
				json: {
					document_id: id,
					document: { $ref: `/api/v1/documents/${id}` },
					message: 'Upload confirmed.',
					success: true,
				},
				pairedItem: { item: 0 },
			},
		],
	]);
});

it('one that cannot be had names its document; Confirm Upload completes it without the file', async () => {
	let isBroken = true;
	const oneCodex = closedAfterTest(
		await startOneCodex({
			faults: (request) =>
				isBroken && isConfirm(request) ? { kind: 'status', status: 503 } : undefined,
		}),
	);
	const failed = await run({
		credentials: oneCodex,
		items: await items(),
		steps: uploadDocument({ maxRetries: 1 }),
		onError: 'continueErrorOutput',
	});
	const [{ json }] = failed.outputs()[1];
	const { id } = oneCodex.documents[0];
	expect(json).toEqual({
		error: expect.stringMatching(new RegExp(`^One Codex is not available.*document ${id}, item 0`)),
		details: { document_id: id, filename: 'a.bin', binaryPropertyName: 'data', httpCode: 503 },
	});
	expect(oneCodex.document(id).state).toBe('stored');

	isBroken = false;
	const later = await run({
		credentials: oneCodex,
		items: [{ json }],
		steps: confirm('={{ $json.details.document_id }}'),
	});
	expect(later.error).toBeUndefined();
	expect(oneCodex.document(id)).toMatchObject({ state: 'confirmed', confirmations: 1 });
	expect(sends(oneCodex)).toBe(1);
});

it.each([401, 402, 403])(
	'a status %d is told at once, and the document is not asked for',
	async (status) => {
		const oneCodex = closedAfterTest(
			await startOneCodex({ faults: always({ kind: 'status', status }) }),
		);
		const result = await run({
			credentials: oneCodex,
			items: await items(),
			steps: uploadDocument(),
		});
		expect(result.error).toMatchObject({ httpCode: String(status) });
		expect([count(oneCodex, isConfirm), count(oneCodex, isDocumentGet)]).toEqual([1, 0]);
	},
);

it('an ID that One Codex does not know is told as such', async () => {
	const oneCodex = closedAfterTest(await startOneCodex());
	const result = await run({
		credentials: oneCodex,
		items: [{ json: {} }],
		steps: confirm('0123456789abcdef'),
	});
	expect(result.error).toMatchObject({
		httpCode: '404',
		message: expect.stringMatching(/does not know this.*document 0123456789abcdef, item 0\]$/),
	});
	expect(count(oneCodex, isConfirm)).toBe(1);
});
