import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { runToSuccess } from './command';
import { environment, root } from './installation';
import { installedIn, sharedFolder } from './shared/folder';

/** Packs what would be published (build first: npm is told here to run no scripts). */
async function pack(folder: string, signal?: AbortSignal): Promise<string> {
	await runToSuccess(['npm', 'pack', '--ignore-scripts', '--pack-destination', folder], {
		cwd: root,
		env: environment(),
		signal,
	});
	const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error(`npm pack left no tarball in ${folder}`);
	return join(folder, tarball);
}

/**
 * Installs the packed package where n8n keeps community nodes, with the flags that n8n uses. The
 * peer, n8n-workflow, comes from n8n itself.
 */
export async function installPackage(userFolder: string, signal?: AbortSignal): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	await rm(nodesFolder, { recursive: true, force: true });
	const shared = sharedFolder();
	if (shared !== undefined) {
		// The tests have done it once, for all of them.
		await cp(join(installedIn(shared), '.n8n', 'nodes'), nodesFolder, { recursive: true });
		return;
	}
	await mkdir(nodesFolder, { recursive: true });
	await writeFile(join(nodesFolder, 'package.json'), '{"name":"installed-nodes","private":true}');
	const tarball = await pack(nodesFolder, signal);
	const flags = ['--ignore-scripts', '--legacy-peer-deps', '--bin-links=false', '--no-audit'];
	await runToSuccess(['npm', 'install', ...flags, '--no-fund', tarball], {
		cwd: nodesFolder,
		env: environment(),
		signal,
	});
}
