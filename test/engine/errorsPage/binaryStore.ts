import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

import { startOneCodex } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { byId, failing, file, type Scenario, type Scenarios } from './failing';

const MIB = 1024 * 1024;

interface Store {
	mode: string;
	managers: Record<string, object>;
}

/** Downloads a document while n8n keeps files in another place. */
const keptIn =
	(mode: string, content: { size: number } | { bytes: Buffer }, manager?: object): Scenario =>
	async () => {
		// Has n8n's store begun.
		await file();
		const store = Container.get(BinaryDataService) as unknown as Store;
		const before = { ...store, managers: { ...store.managers } };
		store.mode = mode;
		// The database is what the name says alone; the files are where they always are.
		if (mode === 'database') store.managers.database = manager ?? store.managers.filesystem;
		try {
			const oneCodex = closedAfterTest(await startOneCodex());
			const document = oneCodex.seed({ filename: 'reads.fastq', ...content });
			return await failing(
				{ operation: 'download', documentId: byId(document.id) },
				{ credentials: oneCodex, binary: {} },
			);
		} finally {
			Object.assign(store, before);
		}
	};

const full = { store: async () => await Promise.reject(new Error('no space left on device')) };

/** What n8n cannot keep, by where it keeps files. */
export const binaryStore: Scenarios = {
	'n8n keeps the file in its database, and cannot read one of 256 MiB or more from PostgreSQL':
		keptIn('database', { size: 256 * MIB }),
	'n8n keeps the file in memory, and cannot hold one of 384 MiB or more': keptIn('default', {
		size: 384 * MIB,
	}),
	'n8n could not keep the file': keptIn('database', { bytes: Buffer.alloc(1) }, full),
};
