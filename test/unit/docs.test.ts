import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import type { INodePropertyOptions } from 'n8n-workflow';

import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';
import packageJson from '../../package.json';
import { filesUnder } from '../filesUnder';
import { readMarkdown, type MarkdownPage } from './markdown';

const pages = new Map<string, MarkdownPage>(
	[
		...readdirSync('.').filter((name) => name.endsWith('.md')),
		...['.github', 'docs', 'examples'].flatMap((folder) => filesUnder(folder, '.md')),
	].map((path) => [path, readMarkdown(readFileSync(path, 'utf8'))]),
);

/** Every operation as pages write it: `Sample: Upload`. */
const operations = (() => {
	const { properties } = new OneCodex().description;
	const optionsOf = (name: string, resource?: unknown) =>
		properties
			.filter((property) => property.name === name)
			.filter(
				({ displayOptions }) =>
					!resource || displayOptions?.show?.resource?.includes(String(resource)),
			)
			.flatMap(({ options }) => options as INodePropertyOptions[]);
	return optionsOf('resource').flatMap(({ name: resource, value }) =>
		optionsOf('operation', value).map(({ name }) => `${resource}: ${name}`),
	);
})();

const isExternal = (link: string) => /^[a-z]+:/.test(link);

/** Why a link leads nowhere; undefined where it leads somewhere. Nothing is asked of the network. */
function fault(link: string, from: string): string | undefined {
	if (isExternal(link)) {
		return URL.canParse(link) && /^(https|mailto):/.test(link) ? undefined : 'is no https address';
	}
	const [target, anchor] = link.split('#');
	const path = target ? normalize(join(dirname(from), decodeURI(target))) : from;
	if (!existsSync(path)) return 'is not there';
	if (anchor === undefined) return undefined;
	return pages.get(path)?.anchors.includes(anchor) ? undefined : 'has no such heading';
}

describe.each([...pages])('%s', (path, { links, blocks, prose }) => {
	it('has no dead link', () => {
		const dead = links.flatMap((link) => {
			const why = fault(link, path);
			return why ? [`${link} ${why}`] : [];
		});
		expect(dead).toEqual([]);
	});

	it('names commands that there are', () => {
		const shell = blocks.filter(({ language }) => /^(sh|bash|shell)$/.test(language));
		const text = [prose, ...shell.map(({ code }) => code)].join('\n');
		const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)];
		for (const [, script, short] of named) {
			expect(Object.keys(packageJson.scripts)).toContain(script ?? short);
		}
		for (const [, script] of text.matchAll(/\bnode (scripts\/[\w./-]+)/g)) {
			expect(existsSync(script)).toBe(true);
		}
	});

	it('names operations that there are', () => {
		const named = [...prose.matchAll(/\*\*((?:Analysis|Document|Job|Project|Sample): [^*]+)\*\*/g)];
		const unknown = named
			.map(([, operation]) => operation)
			.filter((one) => !operations.includes(one));
		expect(unknown).toEqual([]);
	});

	it('has JSON that is JSON', () => {
		for (const { code } of blocks.filter(({ language }) => language === 'json')) {
			expect(() => JSON.parse(code) as unknown).not.toThrow();
		}
	});

	// Read, not run: npm start and npm test have tests of their own, or are what runs this; the others
	// install, publish, or are for the reader's own n8n.
	it('has shell commands that a shell can read', () => {
		for (const { code } of blocks.filter(({ language }) => /^(sh|bash|shell)$/.test(language))) {
			expect(spawnSync('sh', ['-n'], { input: code, encoding: 'utf8' }).stderr).toBe('');
		}
	});

	it('says of each block what language it is', () => {
		expect(blocks.filter(({ language }) => !language)).toEqual([]);
	});
});

it('README has its pictures', () => {
	const pictures = pages.get('README.md')?.links.filter((link) => link.endsWith('.png'));
	expect(pictures).toEqual(
		['node-panel', 'credential', 'sample-upload', 'results', 'trigger', 'output', 'error'].map(
			(name) => `docs/images/${name}.png`,
		),
	);
});

it('the page of the command line has every operation', () => {
	const page = pages.get('docs/command-line.md')?.prose ?? '';
	expect(operations.filter((operation) => !page.includes(`**${operation}**`))).toEqual([]);
});

it.each([
	['## When something fails', 'when-something-fails'],
	['## `npm start`, and [more](x.md)', 'npm-start-and-more'],
	['## A\n## A', 'a a-1'],
])('the anchor of %j is %s', (text, anchors) => {
	expect(readMarkdown(text).anchors.join(' ')).toBe(anchors);
});
