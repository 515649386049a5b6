import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Host, type BinaryDataMode } from '../host';
import { n8nVersion } from '../installation';
import { Session } from '../session';
import { until } from '../until';
import { filesIn, serversIn, sharedFolder } from './folder';

/** An n8n that several test files use, each in a process of its own. */
export interface SharedServer {
	url: string;
	cookie: string;
	pid: number;
}

/** MiB that n8n's database takes here, so that a file above it is not too large for a test. */
export const databaseLimit = 110;

const settings = {
	N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE: String(databaseLimit),
	// By itself n8n 1 has one connection, in which the transactions of several clients get mixed up.
	DB_SQLITE_POOL_SIZE: '3',
};

/** Whether this is the first test file to ask; making a folder tells one of many who try at once. */
async function isFirst(folder: string): Promise<boolean> {
	return await mkdir(folder).then(
		() => true,
		() => false,
	);
}

async function start(
	userFolder: string,
	filesFolder: string,
	mode: BinaryDataMode,
): Promise<SharedServer> {
	const host = await Host.create({ userFolder, filesFolder, settings });
	const server = await host.start(undefined, mode);
	// It goes on when this test file has ended, until the global tear-down.
	server.release();
	const session = new Session(server.url);
	await session.logIn();
	return { url: server.url, cookie: session.loggedIn, pid: server.pid };
}

/** The n8n of the run for a binary data mode; the first test file that wants it starts it. */
export async function sharedServer(mode: BinaryDataMode): Promise<SharedServer> {
	const folder = sharedFolder();
	if (folder === undefined) throw new Error('Only tests share an n8n: run them with jest.');
	const name = join(serversIn(folder), `${n8nVersion}-${mode}`);
	const announcement = `${name}.json`;
	if (await isFirst(name)) {
		const started = await start(name, filesIn(folder), mode).catch((error: Error) => ({
			error: error.message,
		}));
		// Nobody shall read half of it.
		await writeFile(`${name}.part`, JSON.stringify(started), { mode: 0o600 });
		await rename(`${name}.part`, announcement);
	}
	await until(`the start of n8n ${n8nVersion}`, () => existsSync(announcement));
	const server = JSON.parse(await readFile(announcement, 'utf8')) as SharedServer & {
		error?: string;
	};
	if (server.error !== undefined) throw new Error(server.error);
	return server;
}
