import { cpus, release, totalmem, type } from 'node:os';

import { n8nVersion } from '../n8n/installation';
import type { Peer } from './peers/types';
import { sectionMarkdown, type Section } from './report';

/** The page for docs/, whole. */
export function document(
	sections: Section[],
	peers: Peer[],
	{ words, repeats }: { words: string[]; repeats: number },
): string {
	const command = ['npm run bench', ...(words.length ? ['--', ...words] : [])].join(' ');
	const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, ${type()} ${release()}`;
	const date = new Date().toISOString().slice(0, 10);
	const described = peers.map(({ name, what }) => `- **${name}**: ${what}.`).join('\n');
	const intro = [
		'# Benchmark',
		`Made by \`${command}\` on ${date}; do not edit. Machine: ${machine}. n8n ${n8nVersion} on Node.js 24, with the packed package installed. Each figure is the median of ${repeats} run${repeats === 1 ? '' : 's'}; the peers took turns, and so did their order. Files above 1 GB, the far network and the rate limit have one run each. Client and service share the machine, over loopback without TLS. MB and GB are decimal, MiB binary.`,
		'![Transfer, memory and far network as a plot](benchmark.svg)',
		...(peers.length ? [`## The peers\n\n${described}`] : []),
	];
	return `${[...intro, ...sections.map(sectionMarkdown)].join('\n\n')}\n`;
}
