import { stat } from 'node:fs/promises';

import { startOneCodex } from '../onecodex';
import { filesOf } from '../engine/samples/content';
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
	/** Where nothing costs anything. */
	demo?: Demo;
	close(): Promise<void>;
}

/** What only a stand-in has. */
export interface Demo {
	project: { id: string; name: string };
	/** Compares a sample with the files that it was made from. */
	compareReads(sampleId: string, files: string[]): Promise<Comparison>;
	/** How often analyses were listed. */
	polls(): number;
}

/** Long enough to be seen in the editor. */
const SAMPLE_STEPS = { importing: 1_000, validating: 1_000, queued: 1_000, classifying: 2_000 };

export async function startStandInService(): Promise<Service> {
	const oneCodex = await startOneCodex({ sampleSteps: SAMPLE_STEPS });
	const project = { name: 'Stool study' };
	const { id: projectId } = oneCodex.seedProject(project);
	oneCodex.seedSample({ filename: 'stool_0.fastq', projectId });
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
		demo: {
			project: { id: projectId, ...project },
			async compareReads(sampleId, files) {
				const sample = oneCodex.samples.find(({ id }) => id === sampleId);
				const digests = await Promise.all(files.map(sha256));
				const isEqual = sample !== undefined && isSame(Object.values(filesOf(sample)), digests);
				return {
					isEqual,
					finding: `the stored bytes ${isEqual ? 'equal' : 'DIFFER from'} the files'`,
				};
			},
			polls: () =>
				oneCodex.requests.filter(({ path }) => path.startsWith('/api/v1/analyses?')).length,
		},
		close: async () => await oneCodex.close(),
	};
}

const isSame = (one: unknown[], other: unknown[]) => one.join() === other.join();

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
