import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiSettings } from '../../api/request';
import { shown } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { requestError } from '../../errors/requestError';
import type { NamedSize } from '../../upload/ownDocuments';
import { apiSettings, type UploadSettings } from '../../upload/settings';
import type { FileTask } from './planFiles';

/** @param what the file becomes: 'document' */
export const ifExistsOption = (what: string): INodeProperties => ({
	displayName: 'If It Exists',
	name: 'ifExists',
	type: 'options',
	options: [
		{
			name: 'Skip',
			value: 'skip',
			description: `Give back the ${what} that is there, with <code>skipped</code>, and do not upload`,
		},
		{
			name: 'Upload',
			value: 'upload',
			description: `Make another ${what}`,
		},
	],
	default: 'upload',
	description: `What to do with a file if your account owns a ${what} of its name and size already`,
});

/** Whether a file is not to be uploaded that is there already. @throws OneCodexError (input) */
export function skipsExisting(options: IDataObject): boolean {
	const { ifExists }: IDataObject = { ifExists: 'upload', ...options };
	if (ifExists === 'skip' || ifExists === 'upload') return ifExists === 'skip';
	const message = `If It Exists must be skip or upload, not ${shown(ifExists)}`;
	throw new OneCodexError('input', message, { description: 'The default is upload.' });
}

/**
 * Sees to it that what is there is not uploaded, and what comes several times in a run is uploaded
 * once.
 */
export class Existing {
	/** By key: what is there, undefined where its upload failed. */
	private readonly known = new Map<string, Promise<IDataObject | undefined>>();

	private readonly wanted = new Map<FileTask, NamedSize & { settings: UploadSettings }>();

	private failure?: OneCodexError;

	/** @param find what there is of these files, by their keys, as the output names it */
	constructor(
		private readonly find: (
			files: NamedSize[],
			settings: ApiSettings,
		) => Promise<Map<string, IDataObject>>,
	) {}

	/** This task is not to upload what is there. */
	want(task: FileTask, file: NamedSize, settings: UploadSettings): void {
		this.wanted.set(task, { ...file, settings });
	}

	/** Finds out what there is, for all files of a run at once. */
	async lookUp(tasks: FileTask[], signal: AbortSignal): Promise<void> {
		const files = tasks.flatMap((task) => this.wanted.get(task) ?? []);
		if (!files.length) return;
		try {
			const found = await this.find(files, apiSettings(files[0].settings, signal));
			for (const [key, json] of found) this.known.set(key, Promise.resolve(json));
		} catch (cause) {
			const { kind, message, facts } = requestError(cause);
			const why = 'It came up while looking for files that are there already (If It Exists).';
			const description = [facts.description, why].filter(Boolean).join(' ');
			this.failure = new OneCodexError(kind, message, { ...facts, description });
		}
	}

	/**
	 * What is there, else what the upload gives.
	 *
	 * @throws OneCodexError also where it is not known what is there
	 */
	async orElse(
		key: string,
		upload: () => Promise<IDataObject>,
		toSkipped: (there: IDataObject) => IDataObject,
	): Promise<IDataObject> {
		if (this.failure) throw this.failure;
		const before = this.known.get(key);
		const output = (async () => {
			const there = await before;
			return there ? toSkipped(there) : await upload();
		})();
		// The next of the same name and size waits for this one.
		this.known.set(
			key,
			output.catch(() => undefined),
		);
		return await output;
	}
}
