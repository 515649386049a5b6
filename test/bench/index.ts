/**
 * `npm run bench`: this package in a real n8n against its peers, in whole processes that take turns.
 * `-- --quick` sees that it works; `-- --only=throughput,far --sizes=1GB --repeats=5` measures a part.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { runToSuccess } from '../n8n/command';
import { environment, root } from '../n8n/installation';
import type { Bench } from './bench';
import { document } from './document';
import { farSection, measureFar, type FarRow } from './measurements/far';
import { measureItems } from './measurements/items';
import { measureSmall } from './measurements/small';
import { measureThroughput, type Row } from './measurements/throughput';
import { throughputSection } from './measurements/throughputReport';
import { BenchN8n } from './n8n';
import { benchOptions, type BenchOptions } from './options';
import { plot } from './plot';
import { sectionMarkdown, type Section } from './report';

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

interface Results {
	sections: Section[];
	rows: Row[];
	far: FarRow[];
}

async function measure(bench: Bench): Promise<Results> {
	const results: Results = { sections: [], rows: [], far: [] };
	const measurements = {
		throughput: async () => throughputSection((results.rows = await measureThroughput(bench))),
		far: async () => farSection((results.far = await measureFar(bench))),
		small: async () => await measureSmall(bench),
		items: async () => await measureItems(bench),
	};
	for (const name of bench.options.only) {
		signal.throwIfAborted();
		say(`\nMeasuring: ${name}`);
		// What was measured before is not lost with a measurement that fails.
		const section = await measurements[name]().catch((error: unknown): Section => {
			signal.throwIfAborted();
			process.exitCode = 1;
			const text = `Failed: ${error instanceof Error ? error.message : String(error)}`;
			return { title: `Not measured: ${name}`, text, tables: [], aims: [] };
		});
		results.sections.push(section);
		say(`\n${sectionMarkdown(section)}`);
	}
	return results;
}

async function write({ sections, rows, far }: Results, options: BenchOptions): Promise<void> {
	if (options.output === undefined) return;
	const folder = resolve(root, options.output);
	await mkdir(folder, { recursive: true });
	const peers = [...new Set(rows.map(({ peer }) => peer))];
	await writeFile(join(folder, 'benchmark.md'), document(sections, peers, options));
	await writeFile(join(folder, 'benchmark.svg'), plot(rows, far));
	say(`\nWritten: benchmark.md and benchmark.svg in ${folder}`);
}

async function main(): Promise<void> {
	const options = benchOptions(process.argv.slice(2));
	if (!options.skipBuild) {
		say('Building the node');
		await runToSuccess(['npm', 'run', 'build'], { cwd: root, env: environment(), signal });
	}
	const inputs = await mkdtemp(join(await realpath(tmpdir()), 'onecodex-bench-'));
	try {
		say('Packing it and installing it into n8n');
		const n8n = await BenchN8n.create(inputs, signal);
		try {
			await write(await measure({ options, n8n, inputs, signal, say }), options);
		} finally {
			await n8n.close();
		}
	} finally {
		await rm(inputs, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	process.exitCode = signal.aborted ? 130 : 1;
	say(signal.aborted ? 'Stopped' : `\n${error instanceof Error ? error.message : String(error)}`);
});
