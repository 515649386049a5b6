/**
 * `npm start`: a real n8n with the node, a credential and example workflows, run on real files.
 * `--once` ends after the runs; the exit code tells whether all came out right.
 */
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runToSuccess } from './command';
import { demonstrate, demonstrated } from './demonstration';
import { examplesFolder } from './examples';
import { Host } from './host';
import { environment, n8nVersion, root } from './installation';
import { RestClient } from './rest';
import type { Server } from './server';
import { realService, startStandInService, type Service } from './service';
import { owner } from './session';

const { values: flags } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		/** Where the build is there, and others read it. */
		'skip-build': { type: 'boolean', default: false },
		/** Where the editor is, unless somebody listens there. */
		port: { type: 'string', default: '5678' },
		/** Where n8n keeps its data. */
		folder: { type: 'string', default: join(root, '.cache', `start-${n8nVersion}`) },
	},
});

const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
	process.on(name, () => {
		interruption.abort();
	});
}

const say = (text: string) => {
	process.stdout.write(`${text}\n`);
};

/** Says what begins; stops short when Ctrl-C came. */
async function step<T>(title: string, action: () => Promise<T>): Promise<T> {
	signal.throwIfAborted();
	const started = Date.now();
	process.stdout.write(`${title} … `);
	const result = await action();
	say(`${((Date.now() - started) / 1000).toFixed(1)} s`);
	return result;
}

async function startService(): Promise<Service> {
	const { ONE_CODEX_API_KEY: apiKey, ONE_CODEX_BASE_URL: baseUrl } = process.env;
	if (apiKey) return realService({ apiKey, baseUrl: baseUrl || 'https://app.onecodex.com' });
	return await step('Starting a stand-in for One Codex', startStandInService);
}

async function build(): Promise<void> {
	await runToSuccess(['npm', 'run', 'build'], { cwd: root, env: environment(), signal });
}

async function prepareHost(service: Service): Promise<Host> {
	if (!flags['skip-build']) await step('Building the node', build);
	const options = { userFolder: resolve(flags.folder), filesFolder: examplesFolder, signal };
	const host = await step(
		`Packing it and installing it into n8n ${n8nVersion}`,
		async () => await Host.create(options),
	);
	await step('Adding the credential', async () => {
		await host.importAccount(service.account);
	});
	await step('Adding the example workflows', async () => {
		await host.importWorkflows(...demonstrated(service));
	});
	return host;
}

async function stayUp(server: Server): Promise<void> {
	say(`Editor: ${server.url}  e-mail: ${owner.email}  password: ${owner.password}`);
	say('Ctrl-C stops everything.');
	if (!signal.aborted) await Promise.race([server.ended, once(signal, 'abort')]);
	if (!signal.aborted) throw new Error(`n8n ended by itself; see ${flags.folder}/n8n.log`);
	say('Stopping');
}

async function main(): Promise<void> {
	const service = await startService();
	let server: Server | undefined;
	try {
		const host = await prepareHost(service);
		server = await step('Starting n8n', async () => await host.start(Number(flags.port)));
		const client = new RestClient(server.url);
		await client.logIn();
		process.exitCode = (await demonstrate(client, service, step, say)) ? 0 : 1;
		if (!flags.once) await stayUp(server);
	} finally {
		await server?.stop();
		await service.close();
	}
}

main().catch((error: unknown) => {
	process.exitCode = signal.aborted ? 130 : 1;
	say(signal.aborted ? 'Stopped' : `\n${error instanceof Error ? error.message : String(error)}`);
});
