import { startOneCodex, type OneCodexStandIn } from '../onecodex';
import { confirmed, sorted, writeRandomFile, type Stored } from './files';
import { assertSucceeded, outputOf } from './run';
import { SharedHost } from './shared/host';
import {
	chain,
	combineByPosition,
	manualTrigger,
	oneCodex,
	readFiles,
	workflow,
	type Link,
} from './workflow';

jest.setTimeout(600_000);

const kib = 1024;
const names = ['a', 'b', 'c'];

let service: OneCodexStandIn;
let host: SharedHost;

/** One item with the files a, b and c, uploaded by two nodes in turn. */
function severalFiles(): Link[] {
	const start = manualTrigger();
	const item = combineByPosition('One item', names.length);
	const links = names.flatMap((name, input) => {
		const read = readFiles(`Read ${name}`, `${host.filesFolder}/several/${name}.txt`, name);
		return [
			{ from: start, to: read },
			{ from: read, to: item, input },
		];
	});
	return [
		...links,
		...chain(item, oneCodex('All', 'uploadDocument', { binaryPropertyName: '*' })),
		...chain(item, oneCodex('Some', 'uploadDocument', { binaryPropertyName: 'c, a' })),
	];
}

beforeAll(async () => {
	service = await startOneCodex();
	host = await SharedHost.create();
	host.importAccount(service);
	const many = [
		manualTrigger(),
		readFiles('Read', `${host.filesFolder}/many/*`),
		oneCodex('Upload', 'uploadDocument'),
	];
	host.importWorkflows(
		workflow('several-files', severalFiles()),
		workflow('many-items', chain(...many)),
	);
});

afterEach(() => service.reset());

afterAll(async () => {
	await host?.close();
	await service?.close();
});

it('makes a document of each file of an item', async () => {
	const [a, b, c] = await Promise.all(
		names.map(
			async (name) => await writeRandomFile(host.filesFolder, `several/${name}.txt`, 2 * kib),
		),
	);

	const { data } = await host.execute('several-files');

	assertSucceeded(data);
	const filenames = (node: string) => outputOf(data, node).map(({ json }) => json.filename);
	expect(filenames('All').sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
	expect(filenames('Some')).toEqual(['c.txt', 'a.txt']);
	for (const node of ['All', 'Some']) {
		expect(outputOf(data, node).every(({ pairedItem }) => isFirstItem(pairedItem))).toBe(true);
	}
	expect(confirmed(service)).toEqual(sorted([a, b, c, a, c]));
});

it('uploads 25 items, in order and at the pace of One Codex', async () => {
	const numbers = Array.from({ length: 25 }, (_, index) => String(index + 1).padStart(2, '0'));
	const files: Stored[] = [];
	for (const number of numbers) {
		files.push(await writeRandomFile(host.filesFolder, `many/${number}.txt`, kib));
	}

	const { data } = await host.execute('many-items');

	assertSucceeded(data);
	const items = outputOf(data, 'Upload');
	const input = outputOf(data, 'Read');
	expect(items.map(({ json }) => json.original_filename)).toEqual(
		input.map(({ json }) => json.fileName),
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(confirmed(service)).toEqual(sorted(files));
	// On a busy machine requests do not arrive as evenly as they leave; one that was refused is repeated.
	const refused = service.requests.filter(({ status }) => status === 429);
	expect(refused.length).toBeLessThan(5);
});

function isFirstItem(pairedItem: unknown): boolean {
	return JSON.stringify(pairedItem) === '{"item":0}';
}
