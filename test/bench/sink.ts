/**
 * The service that the benchmark uploads to, as a process of its own: the stand-in's API, and a
 * storage that judges uploads as the stand-in's does but keeps no byte, so that neither disk nor
 * digest is what is measured. It ends with the process that started it.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { createApiServer } from '../onecodex/api/server';
import { listen } from '../onecodex/http';
import { StandInState } from '../onecodex/state';
import { newSigningKey } from '../onecodex/storage/policy';
import { createStorage } from './sink/storage';
import type { Received, ServerView, SinkAddress, SinkSettings } from './sink/types';

const GIB = 2 ** 30;
const DAY = 86_400;

const settings = JSON.parse(process.argv[2]) as SinkSettings;
const state = new StandInState({
	apiKey: settings.apiKey,
	requestsPerSecond: 0,
	policyLifetime: DAY,
	maxFileSize: 5 * GIB,
	downloadLifetime: DAY,
	availableAfter: 0,
	users: [],
	region: 'eu-central-1',
	minPartSize: 5 * 2 ** 20,
	directory: 'nowhere',
	signingKey: newSigningKey(),
});
const bodies: Received[] = [];

/** What was seen, and forgets the requests. The documents stay: some are uploaded to again. */
function take(): ServerView {
	const confirmed = state.documents.filter((document) => document.state === 'confirmed');
	const view: ServerView = {
		bodies: bodies.splice(0),
		api: state.requests
			.splice(0)
			.map(({ at, method, path, status }) => ({ at, method, path, status })),
		confirmed: confirmed.map(({ size }) => size),
	};
	for (const document of confirmed) state.documents.splice(state.documents.indexOf(document), 1);
	return view;
}

async function main(): Promise<void> {
	const storage = createStorage(state, bodies);
	storage.listen(settings.storagePort ?? 0, '127.0.0.1');
	await once(storage, 'listening');
	const storageUrl = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;
	const api = createApiServer(state, settings.uploadUrl ?? storageUrl);
	const { url: baseUrl } = await listen(api);
	process.on('message', () => process.send?.(take()));
	process.on('disconnect', () => process.exit());
	process.send?.({ baseUrl, storageUrl } satisfies SinkAddress);
}

void main();
