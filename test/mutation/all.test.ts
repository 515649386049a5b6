import { relative } from 'node:path';

import { filesUnder } from '../filesUnder';

/** Which of test's folders: `unit` or `engine`. */
declare const tests: string;

/** Names of the tests that a mutant is to meet, in one text; undefined for all tests. */
declare const wanted: string | undefined;

/** What runs nothing of the node, or reads its sources as text, which a mutant has otherwise. */
const OTHER_MATTERS =
	/\/unit\/(onecodex\/|(compatibility|docs|thrownMessages|walls)\.)|engine\/package\./;

/** What measures time or memory, or takes long for what others find too. */
const TOO_LONG = /\/engine\/(binaryObjects|memory|pace|soak)\./;

/** What waits for clocks comes last, for a mutant meets tests only until one fails. */
const SLOW = /\/(answers|badInput|idle|networks|pacer|retr\w+|secrets|storageRules)\.test/;

const folder = `${__dirname}/../${tests}`;
const nameOf = (file: string) => relative(folder, file);
const files = filesUnder(folder, '.test.ts')
	.filter((file) => !OTHER_MATTERS.test(file) && !TOO_LONG.test(file))
	.filter((file) => wanted === undefined || wanted.includes(`(${nameOf(file)} `))
	.sort((one, other) => Number(SLOW.test(one)) - Number(SLOW.test(other)));

// What they have in hooks counts for those who ask for them first, and that has to be all tests.
if (tests === 'engine') {
	for (const shared of ['engine', 'closing']) jest.requireActual(`../engine/${shared}`);
}

// One file of all, for each jest file would load n8n again. The same name may be in two of them.
for (const file of files) {
	describe(nameOf(file), () => {
		jest.requireActual(file);
	});
}
