import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** Where a chat would take messages: a server that keeps the JSON that is posted to it. */
export async function startReceiver() {
	const received: unknown[] = [];
	let refusals = 0;
	const server = createServer((request, response) => {
		void json(request).then((body) => {
			const isRefused = refusals > 0;
			if (isRefused) refusals--;
			else received.push(body);
			response.writeHead(isRefused ? 503 : 200).end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/alerts`,
		/** Empties what was received. */
		take: () => received.splice(0),
		received,
		/** Refuses the next so many. */
		refuse(count: number) {
			refusals = count;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
