import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startInFolder, type Daemon } from './daemon';

export interface MailServer extends Pick<Daemon, 'start' | 'stop' | 'close'> {
	/** The data of n8n's SMTP credential. */
	credential: { host: string; port: number; secure: boolean; disableStartTls: boolean };
	/** The messages that came, oldest first, as they went over the wire. */
	messages(): Promise<string[]>;
}

/** The SMTP server aiosmtpd, which puts what comes into a maildir. */
export async function startAiosmtpd(): Promise<MailServer> {
	const maildir = ({ folder }: Pick<Daemon, 'folder'>) => join(folder, 'Maildir');
	const daemon = await startInFolder('aiosmtpd', (place) => [
		...(['aiosmtpd', '--nosetuid', '--listen', `127.0.0.1:${place.port}`] as const),
		...['--class', 'aiosmtpd.handlers.Mailbox', maildir(place)],
	]);
	const arrived = join(maildir(daemon), 'new');
	/** Their names begin with the second, and have the message's number within the process. */
	const orderOf = (name: string) => /Q(\d+)/.exec(name)?.[1];
	return {
		...daemon,
		credential: { host: '127.0.0.1', port: daemon.port, secure: false, disableStartTls: true },
		async messages() {
			const names = await readdir(arrived);
			names.sort((one, other) => Number(orderOf(one)) - Number(orderOf(other)));
			return await Promise.all(
				names.map(async (name) => await readFile(join(arrived, name), 'utf8')),
			);
		},
	};
}
