import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { BinaryDataService } from 'n8n-core';
import { Container } from '@n8n/di';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import { isDownload, startOneCodex, type OneCodexStandIn, type StandInOptions } from '../onecodex';
import { closedAfterTest } from './closing';
import { run, type Run, type RunOptions } from './engine';

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The requests for a file. */
export const links = ({ requests }: OneCodexStandIn) => requests.filter(isDownload);

export const standIn = async (options: StandInOptions = {}) =>
	closedAfterTest(await startOneCodex({ requestsPerSecond: 0, ...options }));

/** Runs Download for one document. */
export async function download(
	oneCodex: OneCodexStandIn,
	id: string,
	parameters: INodeParameters = {},
	options: Partial<RunOptions> = {},
): Promise<Run> {
	const documentId = { __rl: true, mode: 'id', value: id };
	return await run({
		credentials: oneCodex,
		items: [{ json: {} }],
		steps: [{ operation: 'download', documentId, ...parameters }],
		...options,
	});
}

/** The digest of what is in n8n's binary store, which is not read into memory as a whole. */
export async function digestOf({ id, data }: IBinaryData): Promise<string> {
	if (!id) return sha256(Buffer.from(data, 'base64'));
	const hash = createHash('sha256');
	const stream = (await Container.get(BinaryDataService).getAsStream(id)) as Readable;
	stream.on('data', (chunk: Buffer) => hash.update(chunk));
	await once(stream, 'end');
	return hash.digest('hex');
}
