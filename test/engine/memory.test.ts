import { Readable } from 'node:stream';

import { startOneCodex } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, storedBinary } from './engine';

const MIB = 1024 * 1024;
const SIZE_MIB = 600;

/** The most memory that the process had so far, in MiB. */
const peak = () => process.resourceUsage().maxRSS / 1024;

it.each(['post', 'multipart'])(
	'a large file is never in memory as a whole: %s',
	async (transfer) => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const credentials = { ...oneCodex, s3Endpoint: oneCodex.storageUrl };
		const chunk = Buffer.alloc(MIB, 'reads');
		const upload = async (mib: number) => {
			const bytes = Readable.from(Array.from({ length: mib }, () => chunk));
			const items = [{ json: {}, binary: { data: await storedBinary(bytes, 'reads.fastq') } }];
			return await run({
				credentials,
				items,
				steps: [{ operation: 'uploadDocument', options: { transfer } }],
			});
		};

		await upload(100);
		const before = peak();
		const result = await upload(SIZE_MIB);
		expect(result.error).toBeUndefined();
		expect(result.outputs()[0][0].json.size).toBe(SIZE_MIB * MIB);
		// The stand-in is in this process, too; a copy of the file would be three times the bound.
		expect(peak() - before).toBeLessThan(SIZE_MIB / 3);
	},
	120_000,
);
