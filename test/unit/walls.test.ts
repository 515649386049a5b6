import { execFileSync } from 'node:child_process';
import { posix, resolve } from 'node:path';

const WALL = 'import-x/no-restricted-paths';
const CREDENTIAL = 'no-restricted-syntax';

/** A file of each folder, to import from and to. */
const FILES = {
	types: 'types',
	errors: 'errors/messages',
	http: 'http/redact',
	api: 'api/paths',
	storage: 'storage/xml',
	binary: 'binary/fileChunks',
	upload: 'upload/settings',
	download: 'download/readObject',
	listSearch: 'listSearch/users',
	shared: 'resources/shared/where',
	document: 'resources/document/fields',
	node: 'OneCodex.node',
	trigger: '../OneCodexTrigger/poll',
};
type Room = keyof typeof FILES;

/** What each folder may import; all else is behind a wall. */
const OPEN: Record<Room, Room[]> = {
	types: [],
	errors: ['types'],
	http: ['types', 'errors'],
	api: ['types', 'errors', 'http'],
	storage: ['types', 'errors', 'http'],
	binary: ['types', 'errors', 'http'],
	upload: ['types', 'errors', 'http', 'api', 'storage', 'binary'],
	download: ['types', 'errors', 'http', 'api', 'storage', 'binary'],
	listSearch: ['types', 'errors', 'http', 'api', 'storage', 'binary'],
	shared: [
		...(['types', 'errors', 'http', 'api', 'storage', 'binary'] as const),
		...(['upload', 'download', 'listSearch'] as const),
	],
	document: [
		...(['types', 'errors', 'http', 'api', 'storage', 'binary'] as const),
		...(['upload', 'download', 'listSearch', 'shared'] as const),
	],
	node: Object.keys(FILES).filter((room) => !/^(node|trigger)$/.test(room)) as Room[],
	trigger: Object.keys(FILES).filter((room) => !/^(node|trigger)$/.test(room)) as Room[],
};

const rooms = Object.keys(FILES) as Room[];
const ways = rooms.flatMap((from) =>
	rooms.filter((to) => to !== from).map((to): [Room, Room] => [from, to]),
);
const fileOf = (room: Room) => posix.join('nodes/OneCodex', `${FILES[room]}.ts`);

/** The rules of lint that a text breaks where it stands in a file. */
function rulesBroken(texts: Array<[file: string, text: string]>): string[][] {
	const root = resolve(__dirname, '..', '..');
	const script = resolve(__dirname, 'walls', 'lint.mjs');
	const printed = execFileSync(process.execPath, [script, JSON.stringify(texts)], {
		cwd: root,
		encoding: 'utf8',
	});
	return JSON.parse(printed) as string[][];
}

const importOf = (from: Room, to: Room): [string, string] => {
	const path = posix.relative(posix.dirname(fileOf(from)), fileOf(to)).replace(/\.ts$/, '');
	return [fileOf(from), `import '${path.startsWith('.') ? path : `./${path}`}';\n`];
};

describe('lint', () => {
	let broken: string[][];
	const askedFor = 'export const f = (n8n: { getCredentials(): void }) => n8n.getCredentials();\n';
	const authenticated =
		'export const f = (n8n: { httpRequestWithAuthentication(): void }) => n8n.httpRequestWithAuthentication();\n';
	const credential = "import '../../../credentials/OneCodexApi.credentials';\n";

	beforeAll(() => {
		broken = rulesBroken([
			...ways.map(([from, to]) => importOf(from, to)),
			[fileOf('storage'), askedFor],
			[fileOf('upload'), authenticated],
			[fileOf('api'), askedFor],
			[fileOf('api'), credential],
		]);
	}, 120_000);

	it.each(ways.map(([from, to], index) => ({ from, to, index })))(
		'keeps the wall from $from to $to',
		({ from, to, index }) => {
			expect(broken[index].includes(WALL)).toBe(!OPEN[from].includes(to));
		},
	);

	it('lets only api/ ask n8n for the credential', () => {
		const [storage, upload, api, imported] = broken.slice(ways.length);
		expect(storage).toContain(CREDENTIAL);
		expect(upload).toContain(CREDENTIAL);
		expect(api).not.toContain(CREDENTIAL);
		expect(imported).toContain(WALL);
	});
});
