import { execFileSync } from 'node:child_process';
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startInFolder, type Daemon } from './daemon';

export interface SftpServer extends Pick<Daemon, 'start' | 'stop' | 'close'> {
	/** The data of n8n's SFTP credential: with a key, no password. */
	credential: { host: string; port: number; username: string; privateKey: string };
	/** What it serves, under this very path: without root's rights it cannot make it its root. */
	folder: string;
}

/** OpenSSH's server, for SFTP alone, with keys of its own and a folder that its user may change. */
export async function startSshd(): Promise<SftpServer> {
	const daemon = await startInFolder('sshd', async ({ folder, port, uid, gid }) => {
		const [hostKey, userKey, configuration] = ['host', 'user', 'configuration'].map((name) =>
			join(folder, name),
		);
		for (const key of [hostKey, userKey]) {
			execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
		}
		await writeFile(
			configuration,
			[
				'ListenAddress 127.0.0.1',
				`Port ${port}`,
				`HostKey ${hostKey}`,
				`AuthorizedKeysFile ${userKey}.pub`,
				'PidFile none',
				'StrictModes no',
				'PasswordAuthentication no',
				'KbdInteractiveAuthentication no',
				// Else it takes an account without a password for a locked one.
				'UsePAM yes',
				'Subsystem sftp internal-sftp',
				'ForceCommand internal-sftp',
			].join('\n'),
		);
		await mkdir(join(folder, 'reads'));
		for (const path of [hostKey, `${userKey}.pub`, configuration, join(folder, 'reads')]) {
			await chown(path, uid, gid);
		}
		// It starts itself anew for each connection, and wants to know where it is.
		return ['/usr/sbin/sshd', '-D', '-e', '-f', configuration];
	});
	const privateKey = await readFile(join(daemon.folder, 'user'), 'utf8');
	const { port, user: username } = daemon;
	return {
		...daemon,
		credential: { host: '127.0.0.1', port, username, privateKey },
		folder: join(daemon.folder, 'reads'),
	};
}
