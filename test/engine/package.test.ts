import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

interface Packed {
	filename: string;
	size: number;
	files: Array<{ path: string }>;
}

// Inside the repository, so that n8n-workflow is found as it is beside an installed package.
const cache = resolve(__dirname, '../../.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'package-'));
const unpacked = join(folder, 'package');
let packed: Packed;

beforeAll(() => {
	// The build is there already; without scripts the answer is JSON alone.
	const json = execFileSync(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
	);
	[packed] = JSON.parse(json) as Packed[];
	execFileSync('tar', ['-xzf', packed.filename], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the tarball holds what runs and what is read, in under 200 KB', () => {
	const others = packed.files
		.map(({ path }) => path)
		.filter((path) => !/^dist\/(nodes|credentials)\/.+\.(js|json|svg)$/.test(path));
	expect(others.sort()).toEqual([
		'CHANGELOG.md',
		'LICENSE.md',
		'README.md',
		'index.js',
		'package.json',
	]);
	expect(packed.size).toBeLessThan(200 * 1024);
});

it('it depends on nothing but n8n-workflow, which n8n brings', () => {
	const manifest = jest.requireActual<Record<string, unknown>>(join(unpacked, 'package.json'));
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(manifest.license).toBe('MIT');
});

it('its index.js exports the node and the credential', () => {
	const exported =
		jest.requireActual<Record<string, new () => { name?: string }>>('../../index.js');
	expect(Object.keys(exported).sort()).toEqual(['OneCodex', 'OneCodexApi', 'OneCodexTrigger']);
	expect(new exported.OneCodexApi().name).toBe('oneCodexApi');
});

it('n8n loads node, credential, icons and codex from it', async () => {
	const loader = new PackageDirectoryLoader(unpacked);
	await loader.loadAll();
	expect(loader.types.nodes).toHaveLength(2);
	const [node, trigger] = loader.types.nodes as unknown as Array<Record<string, unknown>>;
	expect(trigger).toMatchObject({
		name: 'oneCodexTrigger',
		polling: true,
		codex: { categories: ['Data & Storage', 'Analytics'] },
	});
	expect(node).toMatchObject({
		name: 'oneCodex',
		usableAsTool: true,
		codex: {
			categories: ['Data & Storage', 'Analytics'],
			alias: expect.arrayContaining(['Genomics']),
			resources: { primaryDocumentation: [{ url: expect.stringContaining('https://') }] },
		},
	});
	const [credential] = loader.types.credentials as unknown as Array<Record<string, unknown>>;
	expect(credential).toMatchObject({
		name: 'oneCodexApi',
		supportedNodes: ['oneCodex', 'oneCodexTrigger'],
	});

	for (const { iconUrl } of [node, trigger, credential] as Array<{
		iconUrl: { light: string; dark: string };
	}>) {
		for (const url of [iconUrl.light, iconUrl.dark]) {
			expect(existsSync(join(unpacked, url.replace(/^icons\/n8n-nodes-onecodex\//, '')))).toBe(
				true,
			);
		}
	}
});
