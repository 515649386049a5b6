import { createHash, randomBytes } from 'node:crypto';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { run, storedBinary } from './engine';

let oneCodex: OneCodexStandIn;
beforeAll(async () => {
	oneCodex = await startOneCodex();
});
beforeEach(() => oneCodex.reset());
afterAll(async () => await oneCodex.close());

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('Upload Document', () => {
	const steps = [{ operation: 'uploadDocument' }];

	it('puts the file of an item into One Codex and says all that is known of it', async () => {
		const bytes = randomBytes(100_000);
		const items = [{ json: {}, binary: { data: await storedBinary(bytes, 'report.pdf') } }];
		const result = await run({ credentials: oneCodex, items, steps });
		expect(result.error).toBeUndefined();

		const [document] = oneCodex.documents;
		expect(result.outputs()).toEqual([
			[
				{
					json: {
						document_id: document.id,
						document: { $ref: `/api/v1/documents/${document.id}` },
						filename: 'report.pdf',
						original_filename: 'report.pdf',
						size: bytes.length,
						etag: createHash('md5').update(bytes).digest('hex'),
						success: true,
						message: expect.any(String),
					},
					pairedItem: { item: 0 },
				},
			],
		]);
		expect(document).toMatchObject({ state: 'confirmed', confirmations: 1 });
		expect(document.object?.sha256).toBe(sha256(bytes));
	});
});
