import { AsyncLocalStorage } from 'node:async_hooks';

interface Closable {
	close(): Promise<void>;
}

const ofTest: Closable[] = [];
const ofCase = new AsyncLocalStorage<Closable[]>();

const closeAll = async (open: Closable[]) => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
};

/** Closes a server when the test ends, be it passed or failed: one that stays open holds the run. */
export function closedAfterTest<T extends Closable>(server: T): T {
	(ofCase.getStore() ?? ofTest).push(server);
	return server;
}

/** Closes what one of several cases that run at a time has opened, once that case has ended. */
export async function closing<T>(action: () => Promise<T>): Promise<T> {
	const open: Closable[] = [];
	try {
		return await ofCase.run(open, action);
	} finally {
		await closeAll(open);
	}
}

afterEach(async () => await closeAll(ofTest));
