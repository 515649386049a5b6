import { join } from 'node:path';

/** Names the folder that all test files of a run share; the global set-up makes it. */
export const FOLDER_VARIABLE = 'ONE_CODEX_TEST_FOLDER';

/** undefined outside of a run of tests. */
export const sharedFolder = (): string | undefined => process.env[FOLDER_VARIABLE] || undefined;

/** Where the packed package is installed, once for the run. */
export const installedIn = (folder: string): string => join(folder, 'installed');

/** Where the shared n8n may read files from. */
export const filesIn = (folder: string): string => join(folder, 'files');

/** What is known of the shared servers, each in a file. */
export const serversIn = (folder: string): string => join(folder, 'servers');
