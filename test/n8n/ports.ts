import { once } from 'node:events';
import { createServer } from 'node:net';

async function listen(port: number): Promise<number | undefined> {
	const server = createServer().listen(port, '127.0.0.1');
	try {
		await once(server, 'listening');
	} catch {
		return undefined;
	}
	const address = server.address();
	server.close();
	await once(server, 'close');
	return address !== null && typeof address === 'object' ? address.port : undefined;
}

/** A port that nobody listens on: the preferred one, else any. */
export async function freePort(preferred = 0): Promise<number> {
	const port = (await listen(preferred)) ?? (await listen(0));
	if (port === undefined) throw new Error('No port is free on 127.0.0.1');
	return port;
}
