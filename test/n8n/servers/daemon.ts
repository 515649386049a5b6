import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../ports';
import { startProgram } from './program';

/** Where a server runs, and as whom: never as root. */
export interface Place {
	folder: string;
	port: number;
	user: string;
	group: string;
	uid: number;
	gid: number;
}

export interface Daemon extends Place {
	stop(): Promise<void>;
	/** Starts it again, where it was. */
	start(): Promise<void>;
	/** Ends it and removes its folder. */
	close(): Promise<void>;
}

function identity() {
	const user = process.getuid?.() === 0 ? 'nobody' : userInfo().username;
	const id = (flag: string) => execFileSync('id', [flag, user], { encoding: 'utf8' }).trim();
	return { user, group: id('-gn'), uid: Number(id('-u')), gid: Number(id('-g')) };
}

async function isListening(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/**
 * Starts a server of the system on 127.0.0.1, in a temporary folder of its own.
 *
 * @param command stays in the foreground, and takes its configuration file as its last argument
 */
export async function startDaemon(
	command: [string, ...string[]],
	configure: (place: Place) => string,
): Promise<Daemon> {
	const folder = await mkdtemp(join(await realpath(tmpdir()), `${command[0]}-`));
	const place = { folder, port: await freePort(), ...identity() };
	const configuration = join(folder, 'configuration');
	await writeFile(configuration, configure(place));
	for (const path of [folder, configuration]) await chown(path, place.uid, place.gid);
	const { port, uid, gid } = place;
	const isReady = async () => await isListening(port);
	const start = async () =>
		await startProgram([...command, configuration], { uid, gid }, isReady, 'SIGTERM');
	const remove = async () => await rm(folder, { recursive: true, force: true });
	let stop = await start().catch(async (error: unknown) => {
		await remove();
		throw error;
	});
	return {
		...place,
		stop: async () => await stop(),
		async start() {
			stop = await start();
		},
		async close() {
			await stop();
			await remove();
		},
	};
}
