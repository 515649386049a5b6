import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../ports';
import { startProgram, type RunningServer } from '../servers/program';

/** Its one user, who is let in without a password. */
export const postgresUser = 'n8n';

/** Debian keeps the programs where no shell looks. */
function programs(): string {
	const installed = '/usr/lib/postgresql';
	const [newest] = (existsSync(installed) ? readdirSync(installed) : [])
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => join(installed, version, 'bin'))
		.filter((folder) => existsSync(join(folder, 'postgres')));
	if (newest === undefined) {
		throw new Error('PostgreSQL is missing: run "node scripts/setup.mjs --services" first.');
	}
	return newest;
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function unprivileged(): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) =>
		Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
	return { uid: id('-u'), gid: id('-g') };
}

/** A PostgreSQL of the test's own, in a temporary folder that goes with it. */
export async function startPostgres(): Promise<RunningServer> {
	const bin = programs();
	const user = unprivileged();
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const remove = async () => await rm(folder, { recursive: true, force: true });
	try {
		if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
		const data = join(folder, 'data');
		const options = ['-D', data, '-U', postgresUser, '-A', 'trust', '--no-sync', '-E', 'UTF8'];
		execFileSync(join(bin, 'initdb'), options, { ...user, cwd: folder, stdio: 'pipe' });

		const port = await freePort();
		const [address, numbered] = [
			['-h', '127.0.0.1'],
			['-p', String(port)],
		];
		const isReady = () =>
			spawnSync(join(bin, 'pg_isready'), [...address, ...numbered, '-q']).status === 0;
		const end = await startProgram(
			[join(bin, 'postgres'), '-D', data, ...address, ...numbered, '-k', folder, '-F'],
			{ ...user, cwd: folder },
			async () => await Promise.resolve(isReady()),
			// "Fast": it does not wait for its clients.
			'SIGINT',
		);
		const stop = async () => {
			await end();
			await remove();
		};
		return { port, stop };
	} catch (error) {
		await remove();
		throw error;
	}
}
