import { OneCodexError } from '../OneCodex/errors/oneCodexError';
import type { Entry } from './events';
import { firstPage } from './list';
import type { Watch } from './watch';

/** What the editor shows for a test: the newest that fits. @throws OneCodexError where none does */
export async function newestEntry(watch: Watch): Promise<Entry> {
	const { entries } = await firstPage(watch, watch.where, 1);
	if (entries.length) return entries[0];
	const { name } = watch.event.kind;
	throw new OneCodexError('input', `There is no ${name} yet that fits the event and the filters`, {
		description: 'Once the workflow is active, it starts for the first that does.',
	});
}
