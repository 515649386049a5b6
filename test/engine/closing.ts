interface Closable {
	close(): Promise<void>;
}

const open: Closable[] = [];

/** Closes a server when the test ends, be it passed or failed: one that stays open holds the run. */
export function closedAfterTest<T extends Closable>(server: T): T {
	open.push(server);
	return server;
}

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});
