import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';

import versions from './versions';

export const root = resolve(__dirname, '..', '..');

/** That of the jest project; what is no test takes the newest, or the one that the shell names. */
export const n8nVersion =
	(globalThis as { n8nVersion?: string }).n8nVersion ?? process.env.N8N_VERSION ?? versions[0];

const binaries = join(root, 'node_modules', '.bin');
/** n8n asks for a newer Node than the repository does. */
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const n8n = join(root, '.cache', `n8n-${n8nVersion}`, 'node_modules', 'n8n', 'bin', 'n8n');

/** The command line that runs n8n: executable and leading arguments. */
export function n8nCommand(): [string, string] {
	for (const file of [node, n8n]) {
		if (!existsSync(file)) {
			throw new Error(`${file} is missing: run "node scripts/setup.mjs --all-n8n" first.`);
		}
	}
	return [node, n8n];
}

/** A package that n8n's own nodes read with, as this n8n has it. */
export const packageOfN8n = (name: string): unknown =>
	createRequire(
		join(root, '.cache', `n8n-${n8nVersion}`, 'node_modules/n8n-nodes-base/package.json'),
	)(name);

/** What the shell says to another n8n, or jest and npm to their children, is not for this instance. */
const inherited = () =>
	Object.entries(process.env).filter(
		([name]) =>
			!/^(N8N_|DB_|EXECUTIONS_|QUEUE_|ONE_CODEX_|NODE_ENV$|NODE_OPTIONS$|JEST_|npm_)/.test(name),
	);

/** Quiet: nothing that n8n would ask or tell its makers, nothing that would cover the editor. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

export function environment(settings: Record<string, string> = {}): Record<string, string> {
	return {
		...Object.fromEntries(inherited().map(([name, value]) => [name, value ?? ''])),
		...quiet,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '10',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_LOG_LEVEL: 'info',
		N8N_SECURE_COOKIE: 'false',
		// Each command loads all of n8n; compiled once, that takes a tenth to a fifth less.
		NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
		...settings,
		PATH: [binaries, process.env.PATH].join(delimiter),
	};
}
