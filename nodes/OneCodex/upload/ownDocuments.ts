import { accountUser } from '../api/answers/account';
import { documentAnswer } from '../api/answers/document';
import { allEntries } from '../api/pages';
import { ACCOUNT_PATH, DOCUMENTS_PATH } from '../api/paths';
import { listQuery } from '../api/query';
import { apiRequest, type ApiSettings } from '../api/request';
import type { DocumentAnswer, OperationContext } from '../types';

/** What a document is known by again. */
export interface NamedSize {
	/** As One Codex has it. */
	filename: string;
	size: number;
}

/** Characters of a query; a proxy in between may take no more than 8,000 for a whole address. */
const LONGEST_WHERE = 4_000;

/**
 * The documents of the account that have the name and the size of these files, and of several the
 * newest. Documents that others share with the account are not its own. A few requests for
 * hundreds of files.
 *
 * @throws OneCodexError also for a key that One Codex does not know: a list would be empty for it
 */
export async function ownDocuments(
	context: OperationContext,
	files: NamedSize[],
	settings: ApiSettings,
): Promise<DocumentAnswer[]> {
	const account = { method: 'GET', path: ACCOUNT_PATH } as const;
	const $ref = await apiRequest(context, account, settings, accountUser);

	const found: DocumentAnswer[] = [];
	for (const batch of batches(files)) {
		const left = new Set(batch.map(keyOf));
		const qs = listQuery({ where: whereOf(batch, $ref), sort: { created_at: true } });
		const list = allEntries(context, { path: DOCUMENTS_PATH, qs }, documentAnswer, settings);
		for await (const document of list) {
			if (document.uploader.$ref === $ref && left.delete(keyOf(document))) found.push(document);
			if (!left.size) break;
		}
	}
	return found;
}

/** The same for files and documents that are to be taken for the same. */
export function keyOf({ filename, size }: { filename: string; size: number | null }): string {
	return `${size} ${filename}`;
}

function whereOf(files: NamedSize[], $ref: string) {
	const all = <T>(values: T[]) => ({ $in: [...new Set(values)] });
	return {
		filename: all(files.map(({ filename }) => filename)),
		size: all(files.map(({ size }) => size)),
		uploader: { $ref },
	};
}

/** As many files at once as an address can name. */
export function batches(files: NamedSize[]): NamedSize[][] {
	const all: NamedSize[][] = [];
	let room = 0;
	for (const file of files) {
		const { length } = encodeURIComponent(JSON.stringify([file.filename, file.size]));
		room -= length;
		if (room < 0) {
			all.push([]);
			room = LONGEST_WHERE - length;
		}
		all.at(-1)?.push(file);
	}
	return all;
}
