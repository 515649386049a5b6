import { randomBytes } from 'node:crypto';

import { Child } from './child';
import type { ServerView, SinkAddress, SinkSettings } from './sink/types';

/** What a client needs to know of the service. */
export interface Account {
	apiKey: string;
	baseUrl: string;
	/** Where multipart uploads go. */
	s3Endpoint: string;
}

/** The sink, as it is seen from here. */
export interface Sink {
	account: Account;
	storageUrl: string;
	/** What it saw since the last time. */
	take(): Promise<ServerView>;
	stop(): Promise<void>;
}

export async function startSink(options: Partial<SinkSettings> = {}): Promise<Sink> {
	const apiKey = randomBytes(16).toString('hex');
	const settings: SinkSettings = { apiKey, ...options };
	const [child, address] = await Child.start<SinkAddress>('sink.ts', settings);
	const { baseUrl, storageUrl } = address;
	return {
		account: { apiKey, baseUrl, s3Endpoint: options.uploadUrl ?? storageUrl },
		storageUrl,
		take: async () => await child.ask<ServerView>(),
		stop: async () => await child.stop(),
	};
}
