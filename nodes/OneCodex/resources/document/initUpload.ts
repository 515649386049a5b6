import type {
	IBinaryKeyData,
	IExecuteSingleFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyRouting,
	NodeHint,
} from 'n8n-workflow';

import { initUploadAnswer } from '../../api/answers/upload';
import { INIT_UPLOAD_PATH } from '../../api/paths';
import { receiveAnswer, sendCall, type ItemCall } from '../../api/routing';
import { forOneForm, openBinary } from '../../binary/binaryFile';
import { jsonWithFiles } from '../../binary/itemFiles';
import { keptBinary } from '../../binary/keptBinary';
import { selectBinaries, selectOneBinary } from '../../binary/selectBinaries';
import { plainValue, shown } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import type { NamedFile } from '../../types';
import { fileNameOf, givenFileName } from '../../upload/fileName';
import { inputBinaryField } from '../shared/binaryFields';
import { choice } from '../shared/choice';
import { and } from '../shared/showFor';
import { fileNameOption, showFor } from './fields';

const SOURCES = ['binary', 'define'] as const;

const showForSource = (source: string) => and(showFor('initUpload'), 'source', source);

export const initUploadFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{
				name: 'Input File',
				value: 'binary',
				description: 'Take name and size from a file of the input item',
			},
			{ name: 'Define Below', value: 'define', description: 'Give name and size' },
		],
		default: 'binary',
		displayOptions: showFor('initUpload'),
		description: 'Where the name and the size of the file come from',
	},
	{ ...inputBinaryField, displayOptions: showForSource('binary') },
	{
		...fileNameOption,
		required: true,
		displayOptions: showForSource('define'),
		description:
			'The name of the file to come. Other signs than letters, digits, dash, underscore and period are replaced.',
	},
	{
		displayName: 'Size',
		name: 'size',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: 1,
		placeholder: 'e.g. 31337',
		displayOptions: showForSource('define'),
		description: 'The exact size of the file to come, in bytes',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showForSource('binary'),
		options: [fileNameOption],
	},
];

export const initUploadRouting: INodePropertyRouting = {
	request: { method: 'POST', url: INIT_UPLOAD_PATH },
	send: { paginate: true, preSend: [sendCall(initCall, keptFiles)] },
	output: { postReceive: [receiveAnswer(initUploadItem)] },
};

async function initCall(this: IExecuteSingleFunctions): Promise<ItemCall> {
	const { size, ...details } = await declaredFile.call(this);
	return { body: { filename: details.filename, size }, details };
}

/** What the item has of the file to come; nothing where that cannot be said. */
function keptFiles(this: IExecuteSingleFunctions): IBinaryKeyData | undefined {
	try {
		if (this.getNodeParameter('source') === 'define') return undefined;
		const item = this.getInputData();
		const named = this.getNodeParameter('binaryPropertyName') as unknown;
		return keptBinary(item, selectBinaries(item, named));
	} catch {
		// The preparation of the request says what is wrong.
		return undefined;
	}
}

/** Name and size of the file to come, and where the item has it. */
async function declaredFile(this: IExecuteSingleFunctions): Promise<NamedFile & { size: number }> {
	const source = choice(this.getNodeParameter('source') as unknown, SOURCES, 'Source');
	if (source === 'define') return definedFile.call(this);

	const item = this.getInputData();
	const named = this.getNodeParameter('binaryPropertyName') as unknown;
	const file = forOneForm(
		await openBinary(this.helpers, item, selectOneBinary(item, named, 'Init Upload')),
	);
	const fileName = this.getNodeParameter('options.fileName', '') as unknown;
	const { binaryPropertyName, size } = file;
	return { filename: fileNameOf(file, fileName), binaryPropertyName, size };
}

function definedFile(this: IExecuteSingleFunctions): { filename: string; size: number } {
	const filename = givenFileName(this.getNodeParameter('fileName', '') as unknown);
	const size = plainValue(this.getNodeParameter('size') as unknown);
	if (!Number.isSafeInteger(size) || Number(size) < 1) {
		const message = `Size must be a whole number of bytes from 1 on, not ${shown(size)}`;
		throw new OneCodexError('input', message, {
			description: 'Give the exact size of the file to come.',
			details: { filename },
		});
	}
	return { filename, size: Number(size) };
}

/** The answer with the file's name and size; the item's files pass through to Upload File. */
function initUploadItem(
	this: IExecuteSingleFunctions,
	answer: unknown,
	{ body }: ItemCall,
): Pick<INodeExecutionData, 'json' | 'binary'> {
	const item = this.getInputData();
	const { binary } = item;
	// In n8n's combined binary mode the files are in the JSON.
	const files = jsonWithFiles(item, this.getNodeParameter('binaryPropertyName', '') as unknown);
	return { json: { ...files, ...initUploadAnswer(answer), ...body }, ...(binary && { binary }) };
}

/**
 * A declarative operation cannot add a hint to its run, so the editor is told when to show one:
 * where the name of a file that came in is not taken as it is.
 */
export const initRenamedHint: NodeHint = {
	message:
		'One Codex takes letters, digits, dash, underscore and period in a file name. Some names were changed; <code>filename</code> has what is used.',
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'afterExecution',
	displayCondition:
		'={{ $parameter["operation"] === "initUpload" && $parameter["source"] === "binary" && $input.all().some((item) => Object.values({ ...item.binary, ...item.json?._files, ...item._files }).some((file) => /[^A-Za-z0-9._-]/.test(file?.fileName ?? ""))) }}',
};
