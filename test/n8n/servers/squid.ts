import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

import { until } from '../until';
import { startDaemon } from './daemon';

export interface SquidOptions {
	/** Whoever has no such log-in is asked for it (407). */
	logIn?: { user: string; password: string };
	/** Hosts that it lets nobody reach (403). */
	denied?: string[];
}

export interface ProxyServer {
	/** Host and port, as they come after the log-in in HTTPS_PROXY. */
	host: string;
	/** What it was asked for since the last look, by clients that have ended. */
	asked(): Promise<Asked[]>;
	close(): Promise<void>;
}

interface Asked {
	/** That it answered with. */
	status: number;
	method: string;
	/** The address. */
	target: string;
}

const hashOf = (password: string): string =>
	execFileSync('openssl', ['passwd', '-apr1', '-stdin'], {
		input: password,
		encoding: 'utf8',
	}).trim();

/** Squid without a cache, for plain http and for CONNECT. */
export async function startSquid({ logIn, denied = [] }: SquidOptions = {}): Promise<ProxyServer> {
	const daemon = await startDaemon(['squid', '-N', '-f'], ({ folder, port }) => {
		const passwords = join(folder, 'passwords');
		if (logIn) writeFileSync(passwords, `${logIn.user}:${hashOf(logIn.password)}\n`);
		return [
			`http_port 127.0.0.1:${port}`,
			`pid_filename ${folder}/squid.pid`,
			`cache_log ${folder}/cache.log`,
			`logformat told %>Hs %rm %ru`,
			`access_log stdio:${folder}/access.log told`,
			`coredump_dir ${folder}`,
			'buffered_logs off',
			'cache deny all',
			'netdb_filename none',
			'pinger_enable off',
			'shutdown_lifetime 0 seconds',
			...(denied.length
				? [`acl denied dstdomain ${denied.join(' ')}`, 'http_access deny denied']
				: []),
			...(logIn
				? [
						`auth_param basic program /usr/lib/squid/basic_ncsa_auth ${passwords}`,
						'auth_param basic children 1',
						'acl known proxy_auth REQUIRED',
						'http_access deny !known',
					]
				: []),
			'http_access allow all',
		].join('\n');
	});
	const written = (): Asked[] =>
		readFileSync(join(daemon.folder, 'access.log'), 'utf8')
			.split('\n')
			.map((line) => line.split(' '))
			.filter(([, method = '-']) => method !== '-')
			.map(([status, method, target]) => ({ status: Number(status), method, target }));
	let seen = 0;
	let looks = 0;
	return {
		host: `127.0.0.1:${daemon.port}`,
		async asked() {
			// It writes each request down when that is over: what came before this one is there once this is.
			const look = `http://look-${++looks}.invalid/`;
			const request = get({ host: '127.0.0.1', port: daemon.port, path: look, agent: false });
			const [response] = (await once(request, 'response')) as [IncomingMessage];
			response.resume();
			const at = () => written().findIndex(({ target }) => target === look);
			await until('the proxy writes down what it was asked for', () => at() >= 0);
			const fresh = written().slice(seen, at());
			seen = at() + 1;
			return fresh;
		},
		close: daemon.close,
	};
}
