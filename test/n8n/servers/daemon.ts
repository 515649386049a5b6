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

type Command = [string, ...string[]];

/**
 * Starts a server of the system on 127.0.0.1, in a temporary folder of its own.
 *
 * @param command stays in the foreground, and takes its configuration file as its last argument
 */
export async function startDaemon(
	command: Command,
	configure: (place: Place) => string,
): Promise<Daemon> {
	return await startInFolder(command[0], async (place) => {
		const configuration = join(place.folder, 'configuration');
		await writeFile(configuration, configure(place));
		await chown(configuration, place.uid, place.gid);
		return [...command, configuration];
	});
}

/**
 * The same for one that wants something else than a configuration file.
 *
 * @param prepare puts what it needs into its folder, and gives the command
 */
export async function startInFolder(
	name: string,
	prepare: (place: Place) => Command | Promise<Command>,
): Promise<Daemon> {
	const folder = await mkdtemp(join(await realpath(tmpdir()), `${name}-`));
	const place = { folder, port: await freePort(), ...identity() };
	const { port, uid, gid } = place;
	const isReady = async () => await isListening(port);
	const remove = async () => await rm(folder, { recursive: true, force: true });
	try {
		await chown(folder, uid, gid);
		const command = await prepare(place);
		const start = async () => await startProgram(command, { uid, gid }, isReady, 'SIGTERM');
		let stop = await start();
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
	} catch (error) {
		await remove();
		throw error;
	}
}
