import {
	isConfirm,
	isInit,
	isUpload,
	startOneCodex,
	type Fault,
	type FaultableRequest,
	type OneCodexStandIn,
} from '../../onecodex';
import { exampleWorkflow, withSettings } from '../examples';
import { confirmed, sorted, writeRandomFile, type Stored } from '../files';
import { assertSucceeded } from '../run';
import { SharedHost } from '../shared/host';

jest.setTimeout(600_000);

/** Told at once: the node itself does not repeat what these fail. */
const expired: Fault = { kind: 's3', code: 'PolicyExpired' };
const refused: Fault = { kind: 'status', status: 403 };

let service: OneCodexStandIn;
let host: SharedHost;
let files: Stored[];
/** What goes wrong with the n-th request to a path, from 1 on. */
let fault: (request: FaultableRequest, number: number) => Fault | undefined;
const counts = new Map<string, number>();

beforeAll(async () => {
	service = await startOneCodex({
		faults: (request) => {
			const key = request.side + request.path;
			counts.set(key, (counts.get(key) ?? 0) + 1);
			return fault(request, counts.get(key) ?? 0);
		},
	});
	host = await SharedHost.create();
	const write = async (name: string) => await writeRandomFile(host.filesFolder, name, 3_000);
	files = [await write('a.pdf'), await write('b.pdf'), await write('c.pdf')];
	host.importAccount(service);
	const settings = { files: `${host.filesFolder}/*.pdf`, wait_seconds: 0.1 };
	host.importWorkflows(
		withSettings(exampleWorkflow('upload-in-steps-with-retry'), 'steps', settings),
	);
});

afterEach(() => {
	service.reset();
	counts.clear();
});

afterAll(async () => {
	await host?.close();
	await service?.close();
});

/** Without those that were refused for their rate, as may be on a busy machine: they are repeated. */
const count = (matches: (request: never) => boolean) =>
	service.requests.filter((request) => request.status !== 429 && matches(request as never)).length;

/** Runs the workflow; a node in the loop has run several times, and gave items each time. */
async function run() {
	const { data, status } = await host.execute('steps');
	const runsOf = (node: string) => data.resultData.runData[node] ?? [];
	const runs = (node: string) => runsOf(node).length;
	const items = (node: string) => runsOf(node).flatMap((each) => each.data?.main[0] ?? []);
	return { data, status, runs, items };
}

it('uploads every file, and waits for nothing, where nothing fails', async () => {
	fault = () => undefined;

	const { data, runs, items } = await run();

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(sorted(files));
	expect(runs('Wait before sending') + runs('Wait before confirming')).toBe(0);
	expect(items('Uploaded').map(({ json }) => json.file)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);
});

it('begins anew where sending failed, and confirms again where only that failed', async () => {
	fault = (request, number) => {
		// The first file is sent at the third attempt; its confirmation is the first.
		if (isUpload(request)) return number <= 2 ? expired : undefined;
		// The third file's: the confirmations before it succeeded.
		if (isConfirm(request)) return number === 3 || number === 4 ? refused : undefined;
		return undefined;
	};

	const { data, runs, items } = await run();

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(sorted(files));
	expect([count(isInit), count(isUpload), count(isConfirm)]).toEqual([5, 5, 5]);
	expect([runs('Wait before sending'), runs('Wait before confirming')]).toEqual([2, 2]);
	const documents = items('Uploaded').map(({ json }) => ({
		file: json.file,
		filename: service.document(String(json.document_id)).filename,
	}));
	expect(documents).toEqual(files.map(({ filename }) => ({ file: filename, filename })));
});

it('gives up after the last attempt, does the other files, and says which failed', async () => {
	let inits = 0;
	fault = (request) => {
		if (isInit(request)) inits++;
		// Of five: one for the first file, three for the second, one for the third.
		if (isUpload(request)) return inits >= 2 && inits <= 4 ? expired : undefined;
		return isConfirm(request) && inits === 5 ? refused : undefined;
	};

	const { data, status, runs } = await run();

	expect(status).toBe('error');
	const { error, lastNodeExecuted } = data.resultData;
	expect(lastNodeExecuted).toBe('Stop and say which');
	const third = service.documents.at(-1)?.id;
	expect(error?.message).toMatch(
		new RegExp(
			`^Not uploaded: b\\.pdf \\(The permission to upload has expired .*; c\\.pdf \\(One Codex does not allow this.*document ${third}`,
		),
	);
	expect(confirmed(service)).toEqual([files[0]]);
	expect([count(isInit), count(isUpload), count(isConfirm)]).toEqual([5, 5, 4]);
	expect([runs('Wait before sending'), runs('Wait before confirming')]).toEqual([2, 2]);
});

it('begins anew where One Codex gave no place, too', async () => {
	fault = (request, number) => (isInit(request) && number === 2 ? refused : undefined);

	const { data } = await run();

	assertSucceeded(data);
	expect(confirmed(service)).toEqual(sorted(files));
	expect([count(isInit), count(isUpload)]).toEqual([4, 3]);
});
