import { OneCodexError } from '../OneCodex/errors/oneCodexError';
import type { Entry } from './entry';
import { firstPage, pagesAfter } from './list';
import type { Watch } from './watch';

/** Nobody waits longer for a test. */
const MOST_PAGES = 10;

/** What the editor shows for a test: the newest that fits. @throws OneCodexError where none does */
export async function newestEntry(watch: Watch): Promise<Entry> {
	const first = await firstPage(watch, watch.where);
	let left = MOST_PAGES;
	for await (const { entries } of pagesAfter(watch, first)) {
		const [newest] = await watch.passing(entries);
		if (newest) return newest;
		if (--left === 0) break;
	}
	const { name } = watch.event.kind;
	throw new OneCodexError('input', `There is no ${name} yet that fits the event and the filters`, {
		description:
			'The newest 1,000 were looked at. Once the workflow is active, it starts for the first that does.',
	});
}
