import { mkdir, mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installPackage } from '../pack';
import { filesIn, FOLDER_VARIABLE, installedIn, serversIn } from './folder';

/** Packs and installs the package once, for every n8n of the run. */
export default async function setUp(): Promise<void> {
	const folder = await mkdtemp(join(await realpath(tmpdir()), 'n8n-tests-'));
	for (const path of [filesIn(folder), serversIn(folder)]) await mkdir(path);
	await installPackage(installedIn(folder));
	// The workers, which run the tests, are started after this.
	process.env[FOLDER_VARIABLE] = folder;
}
