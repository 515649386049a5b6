/**
 * Installs what is missing, and nothing else:
 * `node scripts/setup.mjs [--n8n | --all-n8n] [--browser] [--recipes] [--services]`. Runs before
 * anything is installed, so it uses only what Node brings.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import versions from '../test/n8n/versions.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache');
const packageBinaries = join(root, 'node_modules', '.bin');
/** n8n wants a newer Node than the repository: the one that the `node` package brings. */
const packagedNode = { PATH: [packageBinaries, process.env.PATH].join(delimiter) };
/** Without warnings about packages that only n8n's own Node runs; of thousands, one may want a retry. */
const quietly = ['--loglevel=error', '--no-audit', '--no-fund', '--fetch-retries=5'];

const say = (text) => process.stdout.write(`${text}\n`);
const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
// Debian keeps servers where only root looks by itself.
const findOnPath = (names) =>
	names.find((name) => runs('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${name}`]));

/** What comes before a command that only root may run; undefined where nobody lets us be root. */
const asRoot =
	process.getuid?.() === 0 ? [] : runs('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
const hasDebianPackages = () => asRoot !== undefined && findOnPath(['apt-get']) !== undefined;

/** Runs a command and shows its output; npm is silent for minutes when nobody watches, so time passes aloud. */
async function run(command, args, { cwd = root, env = {} } = {}) {
	const started = Date.now();
	const heartbeat = setInterval(() => {
		say(`    … ${Math.round((Date.now() - started) / 1000)} s`);
	}, 15_000);
	try {
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('exit', (code, signal) => {
				if (code === 0) resolve();
				else reject(new Error(`${[command, ...args].join(' ')} ended with ${code ?? signal}`));
			});
		});
	} finally {
		clearInterval(heartbeat);
	}
}

/**
 * The marker is written last and names what was installed, so that an interrupted or outdated
 * installation is done again.
 */
async function unlessInstalled(marker, fingerprint, install) {
	if (existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint) return;
	await install();
	writeFileSync(marker, fingerprint);
}

const fingerprintOf = (...files) =>
	files.reduce((hash, file) => hash.update(readFileSync(file)), createHash('sha256')).digest('hex');

async function installRepository() {
	const fingerprint = fingerprintOf(join(root, 'package-lock.json'));
	await unlessInstalled(join(root, 'node_modules', '.setup'), fingerprint, async () => {
		say('Installing the development tools (1 to 2 minutes)');
		await run('npm', ['ci', ...quietly]);
		say('Adding Node 24 for n8n (10 seconds)');
		await run('npm', ['rebuild', '--ignore-scripts=false', 'node']);
	});
}

/** Installs the lock file of a folder into one of the cache, and then does what that wants besides. */
async function installLocked(source, folder, what, more = () => undefined) {
	const manifests = ['package.json', 'package-lock.json'];
	const fingerprint = fingerprintOf(...manifests.map((file) => join(source, file)));
	await unlessInstalled(join(folder, 'node_modules', '.setup'), fingerprint, async () => {
		mkdirSync(folder, { recursive: true });
		for (const file of manifests) cpSync(join(source, file), join(folder, file));
		const options = { cwd: folder, env: packagedNode };
		say(`Installing ${what}`);
		await run('npm', ['ci', '--ignore-scripts', ...quietly], options);
		await more(options);
	});
}

async function installN8n(version) {
	const source = join(root, 'test', 'n8n', 'versions', version);
	const what = `n8n ${version}, 2.8 GB (3 to 6 minutes)`;
	await installLocked(source, join(cache, `n8n-${version}`), what, async (options) => {
		say('Building its database driver (1 to 2 minutes)');
		await run('npm', ['rebuild', '--ignore-scripts=false', 'sqlite3'], options);
	});
}

/** What draws the diagrams of the pages, in the browser. */
async function installMermaid() {
	const source = join(root, 'test', 'docs', 'mermaid');
	await installLocked(source, join(cache, 'mermaid'), 'Mermaid (a few seconds)');
}

async function installDebianPackages(...packages) {
	say(`Installing ${packages.join(', ')} with apt-get (1 minute)`);
	const [command, ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq'];
	await run(command, [...args, 'update']);
	await run(command, [...args, 'install', '-y', '--no-install-recommends', ...packages]);
}

/** Asked by Debian before a package starts its server: 101 is no. */
const policy = '/usr/sbin/policy-rc.d';

/** Installs servers without starting them: nobody wants an SSH server on their machine for our tests. */
async function installDebianServers(...packages) {
	if (existsSync(policy)) return await installDebianPackages(...packages);
	const [command, ...args] = [...asRoot, 'sh', '-c'];
	await run(command, [
		...args,
		`printf '#!/bin/sh\\nexit 101\\n' > ${policy}; chmod 755 ${policy}`,
	]);
	try {
		await installDebianPackages(...packages);
	} finally {
		await run(command, [...args, `rm -f ${policy}`]);
	}
}

async function installBrowser() {
	const { CHROMIUM_PATH } = process.env;
	if (CHROMIUM_PATH) {
		if (existsSync(CHROMIUM_PATH)) return;
		throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which does not exist.`);
	}
	if (findOnPath(['chromium', 'chromium-browser', 'google-chrome'])) return;
	if (hasDebianPackages()) return await installDebianPackages('chromium');
	say('Installing Chromium (1 to 3 minutes)');
	await run(join(packageBinaries, 'playwright-core'), ['install', 'chromium']).catch(() => {
		throw new Error('Chromium is missing: install it, or name one in CHROMIUM_PATH.');
	});
}

/** What uploads to One Codex without us: the API's own document has httpie and Python, the vendor's client has boto3. */
async function installRecipes() {
	const venv = join(cache, 'python');
	const inVenv = (name) => join(venv, 'bin', name);
	// The tests look in the same places.
	const complete = () =>
		['http', inVenv('http')].some((http) => runs(http, ['--version'])) &&
		['python3', '/usr/bin/python3', inVenv('python3')].some((python) =>
			runs(python, ['-c', 'import boto3, requests']),
		);
	if (complete()) return;
	if (hasDebianPackages()) {
		await installDebianPackages('python3', 'httpie', 'python3-requests', 'python3-boto3');
		if (complete()) return;
	}
	say('Installing httpie, requests and boto3 for Python (30 seconds)');
	await run('python3', ['-m', 'venv', venv])
		.then(() =>
			run(inVenv('python3'), ['-m', 'pip', 'install', '-q', 'httpie', 'requests', 'boto3']),
		)
		.catch(() => {
			throw new Error(
				'httpie and the Python packages requests and boto3 are missing: install them.',
			);
		});
}

/** Servers that the tests start themselves, each on a port and in a folder of its own. */
async function installServices() {
	const services = {
		'dovecot-imapd': () => findOnPath(['dovecot']),
		vsftpd: () => findOnPath(['vsftpd']),
		'openssh-server': () => findOnPath(['sshd']),
		'python3-aiosmtpd': () => findOnPath(['aiosmtpd']),
		squid: () => findOnPath(['squid']),
		'redis-server': () => findOnPath(['redis-server']),
		// Makes the certificates of the tests.
		openssl: () => findOnPath(['openssl']),
		postgresql: () => runs('sh', ['-c', 'ls /usr/lib/postgresql/*/bin/postgres']),
	};
	const missing = Object.keys(services).filter((name) => !services[name]());
	if (missing.length === 0) return;
	if (hasDebianPackages()) return await installDebianServers(...missing);
	throw new Error(`These servers are missing: install ${missing.join(', ')}.`);
}

try {
	const wanted = new Set(process.argv.slice(2));
	await installRepository();
	// The newest will do to look at the node; the tests want each.
	if (wanted.has('--n8n')) await installN8n(process.env.N8N_VERSION ?? versions[0]);
	if (wanted.has('--all-n8n')) {
		for (const version of versions) await installN8n(version);
	}
	if (wanted.has('--browser')) {
		await installBrowser();
		await installMermaid();
	}
	if (wanted.has('--recipes')) await installRecipes();
	if (wanted.has('--services')) await installServices();
} catch (error) {
	process.stderr.write(`Set-up stopped: ${error.message}\n`);
	process.exitCode = 1;
}
