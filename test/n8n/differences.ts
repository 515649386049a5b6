/** Where n8n 1 is not as n8n 2: the tests expect of each what it does. */
import type { INode } from 'n8n-workflow';

import { n8nVersion } from './installation';

const isN8n1 = n8nVersion.startsWith('1.');

/** Where files are while a workflow runs. Only n8n 1 keeps them in memory, which it calls default. */
export const binaryDataModes = isN8n1
	? (['default', 'filesystem', 'database'] as const)
	: (['filesystem', 'database'] as const);

/** Whether a workflow can ask for its files in the items' JSON; n8n 1 does not heed it. */
export const hasCombinedBinaryMode = !isN8n1;

/** Whether another worker takes up what one that died was running; in n8n 2 that has failed. */
export const rerunsWhatAWorkerLost = isN8n1;

/** Whether polls keep their cursor with the execution: as set (N8N_POLLER_DURABLE_CURSORS_ENABLED). */
export const durableCursors = isN8n1 ? (['false'] as const) : (['true', 'false'] as const);

/** What names the folder of the binary data; n8n 1 does not know the newer name yet. */
export const storagePathVariable = isN8n1 ? 'N8N_BINARY_DATA_STORAGE_PATH' : 'N8N_STORAGE_PATH';

/** Whether N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE counts; n8n 1 wants a number of it, and gets text. */
export const heedsDatabaseLimit = !isN8n1;

/** Whether n8n can keep nodes from internal addresses (N8N_SSRF_PROTECTION_ENABLED). */
export const hasSsrfProtection = !isN8n1;

/** The newest version of the AI Agent node. */
export const agentVersion = isN8n1 ? 3 : 3.1;

/** What lets an agent go on after a tool that failed; in n8n 1 the workflow stops by default. */
export const toolSettings: Pick<INode, 'onError'> = isN8n1
	? { onError: 'continueRegularOutput' }
	: {};

/** What n8n's own nodes read and write spreadsheets with. */
export const spreadsheetPackage = isN8n1 ? 'xlsx' : '@e965/xlsx';

/** What a connection test says of a wrong API key; n8n 1 does not come to our words for a status. */
export const wrongKeyMessage = isN8n1
	? 'Authorization failed - please check your credentials'
	: 'One Codex does not know this API key';

/** What n8n says of a run of a workflow in which a field has what its rules forbid. */
export const invalidFieldMessage = isN8n1
	? /The workflow has issues/
	: /An ID has 16 hex digits|The address must end in \/documents\//;

export const editorOf = {
	/** Whether a node without a credential has a list to choose one from; else a button. */
	hasCredentialList: isN8n1,
	/** Whether the dialog of a credential closes itself once it is saved and works. */
	closesCredential: !isN8n1,
	/** What it says of a workflow whose node Step has an issue. */
	issuesMessage: isN8n1 ? 'The workflow has issues' : "The 'Step' node has issues",
};
