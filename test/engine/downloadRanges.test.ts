import { randomBytes } from 'node:crypto';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

import { faultsInTurn, isDownload, type Fault } from '../onecodex';
import { ownTime } from '../ownTime';
import { closedAfterTest } from './closing';
import { digestOf, download, links, sha256, standIn } from './downloads';
import { startFront } from './front';
import { sideBySide } from './sideBySide';
import { until } from './until';

const MIB = 1024 * 1024;
const RANGE = 8 * MIB;
const bytes = randomBytes(4.5 * RANGE);
const ranges = [0, 1, 2, 3, 4].map(
	(range) => `bytes=${range * RANGE}-${Math.min((range + 1) * RANGE, bytes.length) - 1}`,
);

it('a large document comes in ranges, four at a time', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'reads.fastq', bytes });
	const result = await download(oneCodex, document.id);
	expect(result.error).toBeUndefined();
	expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
	const asked = links(oneCodex).map(({ headers }) => headers);
	expect(asked.map(({ range }) => range)).toEqual(ranges);
	// All are of the object that was there first.
	const [first, ...others] = asked.map((headers) => headers['if-match']);
	expect(first).toBeUndefined();
	expect(new Set(others)).toEqual(new Set([document.object?.etag]));
});

it('one of 32 MiB comes as a whole', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'a.bin', bytes: bytes.subarray(0, 4 * RANGE) });
	await download(oneCodex, document.id);
	expect(links(oneCodex).map(({ headers }) => headers.range)).toEqual([undefined]);
});

describe('in ranges, each goes on after', () => {
	const faults: Array<[Fault]> = [
		[{ kind: 'reset', when: 'before' }],
		[{ kind: 'reset', when: 'during' }],
		[{ kind: 'truncated' }],
		[{ kind: 's3', code: 'SlowDown' }],
		[{ kind: 'redirect' }],
	];
	sideBySide(faults, 3)('%j', async (fault) => {
		const faults = faultsInTurn(isDownload, fault, undefined, fault, fault, undefined, fault);
		const oneCodex = await standIn({ faults });
		const document = oneCodex.seed({ filename: 'a.bin', bytes });
		const result = await download(oneCodex, document.id);
		expect(result.error).toBeUndefined();
		expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
		expect(oneCodex.document(document.id).downloads).toBe(1);
	});
});

it('the first range that fails for good stops the others', async () => {
	const stall: Fault = { kind: 'stall' };
	const faults = faultsInTurn(
		isDownload,
		undefined,
		{ kind: 's3', code: 'PolicyExpired' },
		stall,
		stall,
	);
	const oneCodex = await standIn({ faults });
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	const start = ownTime();
	const { error } = await download(oneCodex, document.id);
	expect(error?.message).toContain('AccessDenied');
	expect(ownTime() - start).toBeLessThan(10_000);
	await until(() => links(oneCodex).filter(({ aborted }) => aborted).length > 1);
	expect(links(oneCodex).map(({ aborted }) => aborted)).toEqual([false, false, true, true]);
});

it('a server that heeds no ranges gives all in one', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	const front = closedAfterTest(
		await startFront(oneCodex.storageUrl, ({ headers }) => {
			delete headers.range;
			return false;
		}),
	);
	const api = closedAfterTest(
		await startFront(oneCodex.baseUrl, async ({ method, url, headers }, response) => {
			if (!url?.endsWith('/download_uri')) return false;
			const answer = await fetch(oneCodex.baseUrl + url, {
				method,
				headers: { authorization: String(headers.authorization) },
			});
			response.end((await answer.text()).replace(oneCodex.storageUrl, front.baseUrl));
			return true;
		}),
	);
	const credentials = { apiKey: oneCodex.apiKey, baseUrl: api.baseUrl };
	const result = await download(oneCodex, document.id, {}, { credentials });
	expect(result.error).toBeUndefined();
	expect(await digestOf(result.outputs()[0][0].binary!.data)).toBe(sha256(bytes));
	expect(links(oneCodex)).toHaveLength(1);
});

it('n8n is believed to have the file only if it has as many bytes', async () => {
	const oneCodex = await standIn();
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	const service = Container.get(BinaryDataService);
	const metadata = jest.spyOn(service, 'getMetadata').mockResolvedValue({ fileSize: 5 });
	try {
		const { error } = await download(oneCodex, document.id);
		expect(error?.message).toMatch(
			new RegExp(`^n8n could not keep the file: it has 5 of ${bytes.length} bytes`),
		);
	} finally {
		metadata.mockRestore();
	}
});

it('a document that changes in between is an error, not a mixture', async () => {
	let requests = 0;
	let change = () => {};
	const oneCodex = await standIn({
		faults: (request) => {
			if (isDownload(request) && ++requests === 2) change();
			return undefined;
		},
	});
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	change = () => (document.object!.etag = '"another"');
	const { error } = await download(oneCodex, document.id);
	expect(error?.message).toMatch(/PreconditionFailed/);
});

it('in ranges, one that is to wait for a day fails at once', async () => {
	const fault: Fault = { kind: 's3', code: 'SlowDown', retryAfter: '86400' };
	const oneCodex = await standIn({ faults: faultsInTurn(isDownload, undefined, fault) });
	const document = oneCodex.seed({ filename: 'a.bin', bytes });
	const { error } = await download(oneCodex, document.id);
	expect(error?.message).toMatch(/^The storage is busy/);
});
