import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiServer } from './api/server';
import { listen } from './http';
import { StandInState } from './state';
import type { SigningKey } from './storage/policy';
import { createStorageServer } from './storage/server';
import type { OneCodexStandIn, StandInOptions } from './types';

const GIB = 2 ** 30;

/** The stand-in with a given signing key: who holds it can issue policies that the service never would. */
export async function startStandIn(
	options: StandInOptions,
	signingKey: SigningKey,
): Promise<OneCodexStandIn> {
	const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'onecodex-')));
	await mkdir(directory, { recursive: true });
	const state = new StandInState({
		apiKey: options.apiKey ?? randomBytes(16).toString('hex'),
		requestsPerSecond: options.requestsPerSecond ?? 10,
		policyLifetime: options.policyLifetime ?? 3600,
		maxFileSize: options.maxFileSize ?? 5 * GIB,
		directory,
		signingKey,
	});

	const storage = await listen(createStorageServer(state), options.storagePort);
	const api = await listen(createApiServer(state, storage.url), options.apiPort).catch(
		async (error: unknown) => {
			await storage.close();
			throw error;
		},
	);

	return {
		baseUrl: api.url,
		storageUrl: storage.url,
		apiKey: state.settings.apiKey,
		documents: state.documents,
		requests: state.requests,
		document: (id) => state.document(id),
		reset: () => state.reset(),
		close: async () => {
			await Promise.all([api.close(), storage.close()]);
			if (!options.directory) await rm(directory, { recursive: true, force: true });
		},
	};
}
