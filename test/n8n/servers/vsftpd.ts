import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startDaemon, type Daemon } from './daemon';

export interface FtpServer extends Pick<Daemon, 'start' | 'stop' | 'close'> {
	/** The data of n8n's FTP credential. */
	credential: { host: string; port: number; username: string; password: string };
	/** What it serves, under this very path: without root's rights it cannot make it its root. */
	folder: string;
}

/** vsftpd with a folder that everybody may read. */
export async function startVsftpd(): Promise<FtpServer> {
	const daemon = await startDaemon(['vsftpd'], ({ folder, port }) =>
		[
			'listen=YES',
			'listen_address=127.0.0.1',
			`listen_port=${port}`,
			'background=NO',
			'run_as_launching_user=YES',
			'anonymous_enable=YES',
			'no_anon_password=YES',
			'anon_world_readable_only=NO',
			'utf8_filesystem=YES',
			`anon_root=${folder}`,
		].join('\n'),
	);
	const folder = join(daemon.folder, 'results');
	await mkdir(folder);
	const credential = {
		host: '127.0.0.1',
		port: daemon.port,
		username: 'anonymous',
		password: 'none',
	};
	return { ...daemon, credential, folder };
}
