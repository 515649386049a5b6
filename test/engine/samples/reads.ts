import type { INodeExecutionData } from 'n8n-workflow';

import { storedBinary } from '../engine';

export { fastq, filesOf, gzipped, sha256 } from './content';

/** An item with these files, by name: under `data`, or several as e-mails have them. */
export async function itemOf(files: Record<string, Buffer>): Promise<INodeExecutionData> {
	const names = Object.keys(files);
	const binary: INodeExecutionData['binary'] = {};
	for (const [index, name] of names.entries()) {
		const field = names.length > 1 ? `attachment_${index}` : 'data';
		binary[field] = await storedBinary(files[name], name);
	}
	return { json: {}, binary };
}
