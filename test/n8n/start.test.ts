import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { exampleFile } from './examples';
import { sha256 } from './files';
import { n8nVersion, root } from './installation';
import { freePort } from './ports';
import { FOLDER_VARIABLE } from './shared/folder';

jest.setTimeout(600_000);

let service: OneCodexStandIn;
let folder: string;
let child: ChildProcessByStdio<null, Readable, null> | undefined;

/** Starts the demonstration as npm does, but not where that of another n8n may start meanwhile. */
async function start(flags: string[] = [], env: NodeJS.ProcessEnv = {}) {
	const script = join(root, 'test', 'n8n', 'start.ts');
	const places = ['--folder', folder, '--port', String(await freePort())];
	child = spawn(
		process.execPath,
		['--import', 'tsx', script, '--skip-build', ...places, ...flags],
		{
			cwd: root,
			// It packs and installs the package itself.
			env: { ...process.env, [FOLDER_VARIABLE]: '', N8N_VERSION: n8nVersion, ...env },
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	return child;
}

const ended = async (started: ChildProcess) => (await once(started, 'close'))[0] as number | null;

/** The lines that begin with these words, once the last of them is printed. */
async function printed({ stdout }: { stdout: Readable }, ...words: string[]): Promise<string[]> {
	const lines: string[] = [];
	for await (const line of createInterface({ input: stdout })) {
		lines.push(line);
		const found = words.map((word) => lines.find((each) => each.startsWith(word)) ?? '');
		if (found.every(Boolean)) return found;
	}
	throw new Error(`It printed no ${words.join(', ')}:\n${lines.join('\n')}`);
}

beforeAll(async () => {
	service = await startOneCodex();
	folder = await mkdtemp(join(tmpdir(), 'n8n-start-'));
});

afterAll(async () => {
	child?.kill('SIGKILL');
	await rm(folder, { recursive: true, force: true });
	await service.close();
});

it('runs the examples, says in a line each what came out, and ends: --once', async () => {
	const started = await start(['--once']);
	const words = ['Document', 'Sample', 'Wait', 'Results', 'Trigger'];
	const [lines, exitCode] = await Promise.all([printed(started, ...words), ended(started)]);

	const digest = await sha256(exampleFile);
	const [document, sample, wait, results, trigger] = lines;
	expect(document).toMatch(
		/^Document [0-9a-f]{16}: report\.pdf, \d+ bytes, the stored bytes equal/,
	);
	expect(document).toContain(digest);
	expect(sample).toMatch(
		/^Sample [0-9a-f]{16}: reads_R1\.fastq and reads_R2\.fastq in the project "Stool study", the stored bytes equal the files'$/,
	);
	const [, analysis] = /^Wait: available, with the classification ([0-9a-f]{16})$/.exec(wait) ?? [];
	expect(results).toMatch(/^Results: \d+ species, most of all \w[^0-9]* with \d+ reads$/);
	expect(trigger).toMatch(/^Trigger: started for the analysis .* \d+ species, most of all \w/);
	expect(trigger).toContain(`${analysis};`);
	expect(exitCode).toBe(0);
});

it('starts again within a minute, with a real account, and leaves nothing behind', async () => {
	const startedAt = Date.now();
	const env = { ONE_CODEX_API_KEY: service.apiKey, ONE_CODEX_BASE_URL: service.baseUrl };
	const started = await start([], env);
	const [document, address] = await printed(started, 'Document', 'Editor:');
	const [, editor] = address.split(' ');
	// Where others keep the machine busy, the minute is as much longer.
	const busy = Math.max(1, loadavg()[0] / availableParallelism());
	expect(Date.now() - startedAt).toBeLessThan(60_000 * busy);
	expect((await fetch(editor)).status).toBe(200);
	expect(document).toContain(`confirmed by ${service.baseUrl}`);
	expect(service.documents.map(({ state }) => state)).toEqual(['confirmed']);
	// What costs an account money is there to look at, and neither run nor active.
	const others = service.requests.filter(({ path }) =>
		/^\/api\/v1\/(samples|analyses|jobs)/.test(path),
	);
	expect(others).toEqual([]);

	const end = ended(started);
	started.kill('SIGINT');

	expect(await end).toBe(0);
	await expect(fetch(editor)).rejects.toThrow();
});
