import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiServer } from './api/server';
import { listen, type RunningServer } from './http';
import { librarySide } from './samples/side';
import { seedDocument } from './seed';
import { StandInState } from './state';
import type { SigningKey } from './storage/policy';
import { createStorageServer } from './storage/server';
import type { OneCodexStandIn, StandInOptions } from './types';

const MIB = 2 ** 20;
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
		downloadLifetime: options.downloadLifetime ?? 86_400,
		availableAfter: options.availableAfter ?? 0,
		users: options.users ?? ['ada@lab.example', 'grace@lab.example', 'rosalind@lab.example'],
		region: options.region ?? 'eu-central-1',
		minPartSize: options.minPartSize ?? 5 * MIB,
		sampleSteps: options.sampleSteps,
		runSteps: options.runSteps,
		maxSamples: options.maxSamples,
		premium: options.premium,
		directory,
		signingKey,
		faults: options.faults,
	});

	const running: RunningServer[] = [];
	const close = async (): Promise<void> => {
		await Promise.all(running.map((server) => server.close()));
		await state.multipart.idle();
		if (!options.directory) await rm(directory, { recursive: true, force: true });
		state.violations.settle();
	};
	const start = async (server: Server, port?: number): Promise<string> => {
		running.push(await listen(server, port));
		return running[running.length - 1].url;
	};

	try {
		const regionUrl = await start(createStorageServer(state));
		const storageUrl = await start(createStorageServer(state, regionUrl), options.storagePort);
		const baseUrl = await start(createApiServer(state, storageUrl), options.apiPort);
		return {
			baseUrl,
			storageUrl,
			regionUrl,
			apiKey: state.settings.apiKey,
			userId: state.userId,
			users: state.users,
			documents: state.documents,
			imports: state.imports.all,
			multipartUploads: state.multipart.uploads,
			requests: state.requests,
			violations: state.violations.all,
			document: (id) => state.document(id),
			seed: (seed) => seedDocument(state, seed),
			...librarySide(state),
			reset: () => state.reset(),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
