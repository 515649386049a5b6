import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request itself and returns true, or lets it pass to the service behind. */
export type Interception = (
	incoming: IncomingMessage,
	response: ServerResponse,
) => boolean | Promise<boolean>;

export interface Front {
	baseUrl: string;
	close(): Promise<void>;
}

/** A server before another one, for what the stand-in would rightly never answer. */
export async function startFront(target: string, intercept: Interception): Promise<Front> {
	const server = createServer((incoming, response) => {
		void (async () => {
			if (await intercept(incoming, response)) return;
			const { method, url, headers } = incoming;
			const onward = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			});
			// Where the service has gone before the front.
			onward.on('error', () => response.destroy());
			incoming.pipe(onward);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Answers JSON; what may be repeated is to be repeated at once. */
export function answer(response: ServerResponse, status: number, body: unknown): true {
	response.writeHead(status, { 'Content-Type': 'application/json', 'Retry-After': '0' });
	response.end(JSON.stringify(body));
	return true;
}
