import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { documentId } from '../../api/ids';
import { keyOf, ownDocuments, type NamedSize } from '../../upload/ownDocuments';
import { apiSettings, type UploadSettings } from '../../upload/settings';
import { Existing } from '../shared/ifExists';
import type { FileTask } from '../shared/planFiles';

/** The documents that the account owns already, of the files that are not to be uploaded then. */
export class ExistingDocuments extends Existing {
	private readonly wanted = new Map<FileTask, NamedSize & { settings: UploadSettings }>();

	constructor(private readonly context: IExecuteFunctions) {
		super();
	}

	/** This task is not to upload what is there. */
	want(task: FileTask, file: NamedSize, settings: UploadSettings): void {
		this.wanted.set(task, { ...file, settings });
	}

	async lookUp(tasks: FileTask[], signal: AbortSignal): Promise<void> {
		const files = tasks.flatMap((task) => this.wanted.get(task) ?? []);
		if (!files.length) return;
		const settings = apiSettings(files[0].settings, signal);
		await this.learn(async () => {
			const documents = await ownDocuments(this.context, files, settings);
			return new Map<string, IDataObject>(
				documents.map((document) => {
					const { $uri } = document;
					return [keyOf(document), { document_id: documentId($uri), document: { $ref: $uri } }];
				}),
			);
		});
	}
}
