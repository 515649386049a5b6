import { randomUUID } from 'node:crypto';
import { chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { startDaemon } from './daemon';

const password = 'only-for-tests';

export interface Mailbox {
	/** The data of n8n's IMAP credential. */
	credential: { user: string; password: string; host: string; port: number; secure: boolean };
	/** Puts a message into the inbox, as a mail server does. */
	deliver(message: string): Promise<void>;
	close(): Promise<void>;
}

/** Dovecot 2.3 with one mailbox, kept as a maildir. */
export async function startDovecot(): Promise<Mailbox> {
	const daemon = await startDaemon(
		['dovecot', '-F', '-c'],
		({ folder, port, user, group, uid, gid }) => `
			base_dir = ${folder}/run
			state_dir = ${folder}/run
			log_path = ${folder}/dovecot.log
			protocols = imap
			listen = 127.0.0.1
			ssl = no
			disable_plaintext_auth = no
			mail_location = maildir:${folder}/Maildir
			first_valid_uid = ${uid}
			first_valid_gid = ${gid}
			default_internal_user = ${user}
			default_internal_group = ${group}
			default_login_user = ${user}
			passdb {
				driver = static
				args = password=${password}
			}
			userdb {
				driver = static
				args = uid=${uid} gid=${gid} home=${folder}
			}
			service imap-login {
				chroot =
				inet_listener imap {
					port = ${port}
				}
			}
			service anvil {
				chroot =
			}
			service stats {
				chroot =
			}
		`,
	);
	const maildir = join(daemon.folder, 'Maildir');
	for (const folder of [maildir, ...['cur', 'new', 'tmp'].map((name) => join(maildir, name))]) {
		await mkdir(folder);
		await chown(folder, daemon.uid, daemon.gid);
	}
	return {
		credential: { user: 'lab', password, host: '127.0.0.1', port: daemon.port, secure: false },
		async deliver(message) {
			const name = randomUUID();
			const written = join(maildir, 'tmp', name);
			await writeFile(written, message);
			await rename(written, join(maildir, 'new', name));
		},
		close: daemon.close,
	};
}
