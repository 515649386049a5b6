import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import type { NamedSize } from '../../upload/ownDocuments';
import { ownSamples } from '../../upload/sample/ownSamples';
import { apiSettings, type UploadSettings } from '../../upload/settings';
import { Existing } from '../shared/ifExists';
import type { FileTask } from '../shared/planFiles';

/** The samples that the account has already, of the files that are not to be uploaded then. */
export class ExistingSamples extends Existing {
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
			const samples = await ownSamples(this.context, files, settings);
			return new Map<string, IDataObject>(
				[...samples].map(([key, sample]) => {
					const { $uri } = sample;
					return [key, { sample_id: idOfReference(sample), sample: { $ref: $uri } }];
				}),
			);
		});
	}
}
