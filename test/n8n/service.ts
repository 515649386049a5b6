import { stat } from 'node:fs/promises';

import { startOneCodex } from '../onecodex';
import { sha256 } from './files';
import type { OneCodexAccount } from './host';

export interface Comparison {
	isEqual: boolean;
	/** What was compared, and what came out of it. */
	finding: string;
}

/** Where the demonstration uploads to. */
export interface Service {
	account: OneCodexAccount;
	/** Compares a document with the file that it was made from. */
	compare(documentId: string, file: string): Promise<Comparison>;
	close(): Promise<void>;
}

export async function startStandInService(): Promise<Service> {
	const oneCodex = await startOneCodex();
	return {
		account: {
			apiKey: oneCodex.apiKey,
			baseUrl: oneCodex.baseUrl,
			s3Endpoint: oneCodex.storageUrl,
		},
		async compare(documentId, file) {
			const digest = await sha256(file);
			const { state, object } = oneCodex.document(documentId);
			const isEqual = state === 'confirmed' && object?.sha256 === digest;
			const finding = isEqual
				? `the stored bytes equal the file's (sha256 ${digest})`
				: `the stored bytes DIFFER from the file's (${state}, sha256 ${object?.sha256}, not ${digest})`;
			return { isEqual, finding };
		},
		close: async () => await oneCodex.close(),
	};
}

/** The real One Codex. A download can cost the account money, so the size is compared only. */
export function realService(account: OneCodexAccount): Service {
	return {
		account,
		async compare(documentId, file) {
			const answer = await fetch(new URL(`/api/v1/documents/${documentId}`, account.baseUrl), {
				headers: { authorization: `Basic ${btoa(`${account.apiKey}:`)}` },
			});
			if (!answer.ok) throw new Error(`One Codex answered ${answer.status} for the document`);
			const { size } = (await answer.json()) as { size: number };
			const isEqual = size === (await stat(file)).size;
			const finding = isEqual
				? `confirmed by ${account.baseUrl}, which gives the file's size; the bytes were not read back`
				: `${account.baseUrl} gives ANOTHER size, ${size} bytes`;
			return { isEqual, finding };
		},
		close: async () => {},
	};
}
