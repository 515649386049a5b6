import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { closedAfterTest } from '../closing';
import { storedBinary } from '../engine';
import { fastq } from '../samples/reads';
import { byId, failing, ID, type Scenario, type Scenarios } from './failing';

const operation =
	(name: string, defaults: INodeParameters = {}) =>
	(parameters: INodeParameters = {}): Scenario =>
	async () =>
		await failing({ resource: 'sample', operation: name, ...defaults, ...parameters });

const get = operation('get', { sampleId: byId(ID) });
const getMany = operation('getAll');
const create = operation('create');
const importFrom = operation('importFromUrl', { url: 'https://example.org/s.fastq' });
const wait = operation('wait', { sampleId: byId(ID) });

const update = (updateFields: INodeParameters) =>
	operation('update', { sampleId: byId(ID) })({ updateFields });

const metadata = (fields: INodeParameters) => create({ metadata: fields });

/** Uploads files, each as its name and its bytes, where nothing answers. */
const uploadOf =
	(files: Array<[string, Buffer | string]>, parameters: INodeParameters = {}): Scenario =>
	async () => {
		const binary: INodeExecutionData['binary'] = {};
		for (const [index, [name, bytes]] of files.entries()) {
			binary[`file_${index}`] = await storedBinary(Buffer.from(bytes), name);
		}
		const step = { resource: 'sample', operation: 'upload', binaryPropertyName: '*' };
		return await failing({ ...step, ...parameters }, { binary });
	};

const uploadReads = (names: string[], parameters: INodeParameters = {}) =>
	uploadOf(
		names.map((name) => [name, fastq()]),
		parameters,
	);

const lanes = (...names: string[]) => uploadReads(names, { options: { mergeLanes: true } });

/** An operation on a sample that One Codex has. */
const onSample =
	(
		name: string,
		sample: Parameters<OneCodexStandIn['seedSample']>[0],
		parameters: INodeParameters = {},
	): Scenario =>
	async () => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const { id } = oneCodex.seedSample(sample);
		const { apiKey, baseUrl } = oneCodex;
		return await failing(
			{ resource: 'sample', operation: name, sampleId: byId(id), ...parameters },
			{ credentials: { apiKey, baseUrl } },
		);
	};

const LONG_TAG = 'x'.repeat(31);
const NO_TAGS = '={{ { urgent: true } }}';

/** What is refused of samples before anything is sent, and what the state of one says. */
export const samples: Scenarios = {
	'"..." is no file of sequencing reads by its name': uploadReads(['report.txt']),
	'"..." has no reads in it': uploadOf([['s.fastq', 'hello']]),
	'"..." has no reads in it, but ...': uploadOf([['s.fastq', '<html><body>Log in</body></html>']]),
	'"..." is one half of a pair, and the other is missing': uploadReads(['s_R2.fastq']),
	'"..." and "..." claim the same place in a sample': uploadReads(['s_R1.fastq', 's_R1.fastq']),
	'"..." is FASTA, which has no pairs to be interleaved': uploadOf([['s.fasta', '>s\nACGT\n']], {
		reads: 'interleaved',
	}),
	'Lane L... is missing before "..."': lanes('s_L001_R1.fastq', 's_L003_R1.fastq'),
	'"..." and "..." have other lanes (... and ...), so they are no pair': lanes(
		's_L001_R1.fastq',
		's_L002_R2.fastq',
	),

	'Sample ID is not an ID': get({ sampleId: byId('={{ "XYZ" }}') }),
	'Sample ID is empty': get({ sampleId: byId('={{ "" }}') }),
	'Sample ID is ..., not an ID': get({ sampleId: byId('={{ [1, 2, 3] }}') }),
	'Project ID is not an ID': update({ projectId: byId('={{ "ward" }}') }),
	'Project ID is ..., not an ID': update({ projectId: byId('={{ [1, 2, 3] }}') }),
	'Sample ID is undefined': uploadReads(['s.fastq'], {
		options: { sampleId: '={{ $json.none }}' },
	}),
	'Sample ID is null': uploadReads(['s.fastq'], { options: { sampleId: '={{ null }}' } }),
	'External Sample ID is undefined': uploadReads(['s.fastq'], {
		options: { externalSampleId: '={{ $json.none }}' },
	}),
	'External Sample ID is null': uploadReads(['s.fastq'], {
		options: { externalSampleId: '={{ null }}' },
	}),
	'Sample ID and External Sample ID exclude each other': uploadReads(['s.fastq'], {
		options: { sampleId: ID, externalSampleId: 'LIMS-7' },
	}),
	'"..." is for the same sample as "..."': uploadReads(['a.fastq', 'b.fastq'], {
		options: { sampleId: ID },
	}),
	'External Sample ID is ..., not text': uploadReads(['s.fastq'], {
		options: { externalSampleId: '={{ [1] }}' },
	}),
	'External Sample ID has ... characters': uploadReads(['s.fastq'], {
		options: { externalSampleId: 'x'.repeat(61) },
	}),
	'Add Tags and Remove Tags both have "..."': update({ addTags: 'a, b', removeTags: 'b' }),
	'File Name Contains has nothing in it that the name of a sample can have': getMany({
		filters: { filename: '🧬' },
	}),
	'More than ... samples have this External Sample ID': async () => {
		const oneCodex = closedAfterTest(await startOneCodex());
		const metadata = { external_sample_id: 'LIMS-7' };
		for (let index = 0; index < 101; index++) {
			oneCodex.seedSample({ filename: `${index}.fastq`, metadata });
		}
		return await failing(
			{ resource: 'sample', operation: 'getAll', filters: { externalSampleId: 'LIMS-7' } },
			{ credentials: oneCodex },
		);
	},
	'Project and Remove From Project exclude each other': update({
		projectId: byId(ID),
		removeFromProject: true,
	}),
	'Update Fields is empty': update({}),
	'Tags must be ...': create({ tags: NO_TAGS }),
	'Add Tags must be ...': update({ addTags: NO_TAGS }),
	'Remove Tags must be ...': update({ removeTags: NO_TAGS }),
	'Tags: "..." has more than ... characters': create({ tags: LONG_TAG }),
	'Add Tags: "..." has more than ... characters': update({ addTags: LONG_TAG }),
	'Remove Tags: "..." has more than ... characters': update({ removeTags: LONG_TAG }),
	'Metadata: ... is ..., not text': metadata({ name: '={{ [1] }}' }),
	'Metadata: ... is ..., not a date': metadata({ dateSequenced: '={{ [1] }}' }),
	'Metadata: ... is not a date': metadata({ dateCollected: 'soon' }),
	'Metadata: ... cannot be ...': metadata({ platform: '={{ "Abacus" }}' }),
	'Metadata: ... has ... characters': metadata({ externalSampleId: 'x'.repeat(61) }),
	'Metadata: ... must be a number from ...': metadata({ locationLat: 91 }),
	'Metadata: ... must be true or false': metadata({ starred: '={{ "no" }}' }),
	'Metadata: ... must be pairs of a name and a value': metadata({ custom: '={{ "ward" }}' }),
	'Metadata: ...: "..." is no plain value': metadata({ custom: '={{ { ward: { bed: 3 } } }}' }),
	'URL is not a URL': importFrom({ url: 's.fastq' }),
	'URL must start with https://': importFrom({ url: 'http://example.org/s.fastq' }),
	'Paired URL is not a URL': importFrom({ pairedUrl: 's.fastq' }),
	'Paired URL must start with https://': importFrom({ pairedUrl: 'http://localhost/s.fastq' }),
	'Reads must be one of ...': uploadReads(['s.fastq'], { reads: '={{ "both" }}' }),
	'Scope must be one of ...': getMany({ scope: '={{ "all" }}' }),
	'Until must be one of ...': wait({ until: '={{ "tomorrow" }}' }),
	'Visibility must be one of ...': update({ visibility: '={{ "secret" }}' }),
	'Fail on Failure must be true or false': wait({ options: { failOnFailure: '={{ "no" }}' } }),
	'Include Metadata must be true or false': get({ options: { includeMetadata: '={{ "no" }}' } }),
	'Merge Lanes must be true or false': uploadReads(['s.fastq'], {
		options: { mergeLanes: '={{ "no" }}' },
	}),
	'Remove From Project must be true or false': update({ removeFromProject: '={{ "no" }}' }),
	'Timeout must be ...': wait({ options: { timeout: -1 } }),
	'External Sample ID is ...': getMany({ filters: { externalSampleId: '={{ [1] }}' } }),
	'Status must be one of ...': getMany({ filters: { status: '={{ "ready" }}' } }),
	'Tag has ... characters': getMany({ filters: { tag: LONG_TAG } }),
	'File Name Contains has ... characters': getMany({ filters: { filename: 'x'.repeat(256) } }),
	'Status is ...': getMany({ filters: { status: '={{ null }}' } }),
	'Visibility is ...': getMany({ filters: { visibility: '={{ null }}' } }),
	'Tag is ...': getMany({ filters: { tag: '={{ [1] }}' } }),
	'External Sample ID finds own samples only': getMany({
		scope: 'public',
		filters: { externalSampleId: 'LIMS-7' },
	}),

	'One Codex could not use the sample': onSample('wait', {
		filename: 's.fastq',
		status: 'failed_validation',
		errorMsg: 'Not FASTQ.',
	}),
	'The classification of the sample failed': onSample('wait', {
		filename: 's.fastq',
		classification: 'failed',
	}),
	'The sample is not ready after ... minutes: ...': onSample(
		'wait',
		{ filename: 's.fastq', classification: 'running' },
		{ options: { timeout: 0 } },
	),
	'The sample has no file yet': onSample('download', { status: 'awaiting_data' }),
};
