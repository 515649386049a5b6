import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { OneCodexApi } from '../../credentials/OneCodexApi.credentials';
import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';

const { description, customOperations } = new OneCodex();

/** Operations of other resources than documents have the resource's name in front: `sample.get`. */
const fieldsOf = (operation: string) => {
	const [name, resource = 'document'] = operation.split('.').reverse();
	return description.properties.filter(({ displayOptions }) => {
		const show = displayOptions?.show as Record<string, string[]> | undefined;
		return show?.resource?.includes(resource) && show.operation?.includes(name);
	});
};
const namesOf = (operation: string) =>
	fieldsOf(operation)
		.map(({ name }) => name)
		// n8n's own name for what a model is told of a tool.
		.filter((name) => name !== 'toolDescription');
const optionsOf = (operation: string, collection = 'options') =>
	fieldsOf(operation)
		.filter(({ name }) => name === collection)
		.flatMap(({ options }) => (options as INodeProperties[]).map(({ name }) => name));
const operationsOf = (resource: string) =>
	description.properties.find(
		({ name, displayOptions }) =>
			name === 'operation' && displayOptions?.show?.resource?.includes(resource),
	)!.options as INodePropertyOptions[];
/** In the order in which n8n's panel shows their actions. */
const RESOURCES = ['sample', 'analysis', 'document', 'project', 'job'] as const;
/** As {@link fieldsOf} takes it. */
const inResource = (resource: string, operation: unknown) =>
	resource === 'document' ? String(operation) : `${resource}.${String(operation)}`;
const defaultOf = (operation: string, field: string) =>
	fieldsOf(operation).find(({ name }) => name === field)?.default;

it('the public names are those that workflows are saved with', () => {
	expect([description.name, description.displayName, description.version]).toEqual([
		'oneCodex',
		'One Codex',
		1,
	]);
	const { name, displayName, properties } = new OneCodexApi();
	expect([name, displayName]).toEqual(['oneCodexApi', 'One Codex API']);
	expect(properties.map((property) => [property.name, property.default])).toEqual([
		['apiKey', ''],
		['baseUrl', 'https://app.onecodex.com'],
		['s3Endpoint', ''],
	]);

	expect(namesOf('uploadDocument')).toEqual(['binaryPropertyName', 'options']);
	expect(optionsOf('uploadDocument')).toEqual([
		'fileName',
		'ifExists',
		'maxConcurrency',
		'idleTimeout',
		'maxRetries',
		'verifyIntegrity',
		'multipartThreshold',
		'partConcurrency',
		'transfer',
	]);
	expect(namesOf('initUpload')).toEqual([
		'source',
		'binaryPropertyName',
		'fileName',
		'size',
		'options',
	]);
	expect(optionsOf('initUpload')).toEqual(['fileName']);
	expect(namesOf('uploadFile')).toEqual([
		'uploadUrl',
		'uploadFields',
		'documentId',
		'fileName',
		'binaryPropertyName',
		'options',
	]);
	expect(optionsOf('uploadFile')).toEqual(['idleTimeout', 'maxRetries', 'verifyIntegrity']);
	expect(namesOf('confirmUpload')).toEqual(['documentId']);
	expect(namesOf('get')).toEqual(['documentId']);
	expect(namesOf('delete')).toEqual(['documentId']);
	expect(namesOf('rename')).toEqual(['documentId', 'fileName']);
	expect(namesOf('download')).toEqual(['documentId', 'binaryPropertyName']);
	expect(namesOf('share')).toEqual(['documentId', 'userId']);
	expect(namesOf('unshare')).toEqual(['documentId', 'userId']);
	expect(namesOf('getAll')).toEqual(['returnAll', 'limit', 'simplify', 'filters', 'options']);
	expect(optionsOf('getAll')).toEqual(['sort']);
	const filters = fieldsOf('getAll').find((field) => field.name === 'filters')!;
	expect((filters.options as INodeProperties[]).map((filter) => filter.name).sort()).toEqual([
		'createdAfter',
		'createdBefore',
		'filename',
		'maxSize',
		'minSize',
		'uploaderId',
	]);
	for (const operation of ['get', 'download', 'rename', 'delete', 'share', 'unshare']) {
		const locators = fieldsOf(operation).filter(({ type }) => type === 'resourceLocator');
		expect(locators.length).toBe(operation.endsWith('share') ? 2 : 1);
		for (const { modes } of locators) {
			expect(modes?.map((mode) => mode.name)).toEqual(['list', 'id', 'url']);
		}
	}
});

it('so are those of samples', () => {
	const created = ['projectId', 'tags', 'metadata'];
	const names = {
		upload: ['binaryPropertyName', 'reads', ...created, 'options'],
		create: created,
		importFromUrl: ['url', 'pairedUrl', ...created],
		get: ['sampleId', 'options'],
		getAll: ['scope', 'returnAll', 'limit', 'simplify', 'filters', 'options'],
		update: ['sampleId', 'updateFields'],
		wait: ['sampleId', 'until', 'options'],
		download: ['sampleId', 'binaryPropertyName'],
		delete: ['sampleId'],
	};
	expect(
		operationsOf('sample')
			.map(({ value }) => value)
			.sort(),
	).toEqual(Object.keys(names).sort());
	for (const [operation, expected] of Object.entries(names)) {
		expect([operation, namesOf(`sample.${operation}`)]).toEqual([operation, expected]);
	}
	expect(optionsOf('sample.upload').sort()).toEqual([
		'externalSampleId',
		'idleTimeout',
		'ifExists',
		'maxConcurrency',
		'maxRetries',
		'mergeLanes',
		'partConcurrency',
		'sampleId',
		'verifyIntegrity',
	]);
	expect(optionsOf('sample.get')).toEqual(['includeMetadata']);
	expect(optionsOf('sample.getAll')).toEqual(['includeMetadata', 'sort']);
	expect(optionsOf('sample.wait')).toEqual(['failOnFailure', 'timeout']);
	expect(optionsOf('sample.getAll', 'filters').sort()).toEqual([
		'createdAfter',
		'createdBefore',
		'externalSampleId',
		'filename',
		'maxSize',
		'minSize',
		'projectId',
		'status',
		'tag',
		'visibility',
	]);
	expect(optionsOf('sample.update', 'updateFields').sort()).toEqual([
		'addTags',
		'metadata',
		'projectId',
		'removeFromProject',
		'removeTags',
		'visibility',
	]);
	for (const operation of ['upload', 'create', 'importFromUrl']) {
		expect(optionsOf(`sample.${operation}`, 'metadata').sort()).toEqual([
			'custom',
			'dateCollected',
			'dateSequenced',
			'description',
			'externalSampleId',
			'libraryType',
			'locationLat',
			'locationLon',
			'locationString',
			'name',
			'platform',
			'sampleType',
			'starred',
		]);
	}
	for (const operation of ['get', 'update', 'wait', 'download', 'delete']) {
		const sampleId = fieldsOf(`sample.${operation}`).find(({ name }) => name === 'sampleId');
		expect(sampleId?.modes?.map((mode) => mode.name)).toEqual(['list', 'id', 'url']);
		expect(sampleId?.default).toEqual({ mode: 'id', value: '={{ $json.sample_id }}' });
	}
	expect(['reads', 'binaryPropertyName'].map((field) => defaultOf('sample.upload', field))).toEqual(
		['auto', 'data'],
	);
	expect(defaultOf('sample.getAll', 'scope')).toBe('own');
	expect(defaultOf('sample.wait', 'until')).toBe('classified');
});

it('so are those of analyses', () => {
	const names = {
		get: ['analysisId'],
		getAll: ['type', 'returnAll', 'limit', 'simplify', 'filters', 'options'],
		downloadFiles: ['analysisId', 'fileNames', 'binaryPropertyName'],
		getResults: ['analysisId', 'output', 'filters'],
		run: ['jobId', 'sampleId', 'arguments', 'options'],
		wait: ['analysisId', 'options'],
	};
	expect(
		operationsOf('analysis')
			.map(({ value }) => value)
			.sort(),
	).toEqual(Object.keys(names).sort());
	for (const [operation, expected] of Object.entries(names)) {
		expect([operation, namesOf(`analysis.${operation}`)]).toEqual([operation, expected]);
	}
	expect(optionsOf('analysis.getAll')).toEqual(['sort']);
	expect(optionsOf('analysis.getAll', 'filters').sort()).toEqual([
		'createdAfter',
		'createdBefore',
		'jobId',
		'sampleId',
		'state',
	]);
	expect(optionsOf('analysis.getResults', 'filters').sort()).toEqual([
		'excludeHost',
		'minAbundance',
		'minReadCount',
		'name',
		'rank',
		'top',
	]);
	expect(optionsOf('analysis.run').sort()).toEqual(['timeout', 'wait']);
	expect(optionsOf('analysis.wait').sort()).toEqual(['failOnFailure', 'timeout']);
	for (const operation of ['downloadFiles', 'get', 'getResults', 'wait']) {
		const field = fieldsOf(`analysis.${operation}`).find(({ name }) => name === 'analysisId');
		expect(field?.modes?.map((mode) => mode.name)).toEqual(['list', 'id', 'url']);
		expect(field?.default).toEqual({
			mode: 'id',
			value: '={{ $json.analysis_id ?? $json.classification_id }}',
		});
	}
	expect(defaultOf('analysis.getAll', 'type')).toBe('any');
	expect(defaultOf('analysis.downloadFiles', 'fileNames')).toBe('*');
	expect(defaultOf('analysis.run', 'arguments')).toBe('{}');
	expect(defaultOf('analysis.run', 'sampleId')).toEqual({
		mode: 'id',
		value: '={{ $json.sample_id }}',
	});
	expect(defaultOf('analysis.getResults', 'output')).toBe('rows');
});

it('so are those of jobs and projects', () => {
	const names = {
		'job.get': ['jobId'],
		'job.getAll': ['returnAll', 'limit', 'filters'],
		'project.get': ['projectId'],
		'project.getAll': ['returnAll', 'limit', 'filters'],
		'project.create': ['name', 'description'],
	};
	for (const [operation, expected] of Object.entries(names)) {
		expect([operation, namesOf(operation)]).toEqual([operation, expected]);
	}
	expect(optionsOf('job.getAll', 'filters')).toEqual(['name', 'type']);
	expect(optionsOf('project.getAll', 'filters')).toEqual(['name']);
	for (const [resource, operations] of [
		['job', ['getAll', 'get']],
		['project', ['create', 'getAll', 'get']],
	] as const) {
		expect(operationsOf(resource).map(({ value }) => value)).toEqual(operations);
		const locator = fieldsOf(`${resource}.get`).find(({ name }) => name === `${resource}Id`);
		expect(locator?.modes?.map((mode) => mode.name)).toEqual(['list', 'id', 'url']);
	}
});

it('the defaults let the three steps chain', () => {
	expect(defaultOf('uploadFile', 'uploadUrl')).toBe('={{ $json.upload_url }}');
	expect(defaultOf('uploadFile', 'uploadFields')).toBe('={{ $json.additional_fields }}');
	expect(defaultOf('uploadFile', 'documentId')).toBe('={{ $json.document_id }}');
	expect(defaultOf('uploadFile', 'fileName')).toBe('={{ $json.filename }}');
	expect(defaultOf('confirmUpload', 'documentId')).toBe('={{ $json.document_id }}');
	for (const operation of ['uploadDocument', 'initUpload', 'uploadFile']) {
		expect(defaultOf(operation, 'binaryPropertyName')).toBe('data');
	}
});

it.each(RESOURCES)(
	'what routing cannot express is a custom operation, the rest is routing: %s',
	(resource) => {
		const custom = Object.keys(customOperations[resource]);
		for (const { value, routing } of operationsOf(resource)) {
			expect(custom.includes(String(value))).toBe(routing === undefined);
		}
		expect(custom).toEqual(CUSTOM[resource]);
	},
);

const CUSTOM = {
	document: ['uploadDocument', 'uploadFile', 'download', 'getAll'],
	analysis: ['downloadFiles', 'get', 'getAll', 'getResults', 'run', 'wait'],
	job: ['getAll'],
	project: ['getAll'],
	sample: ['download', 'get', 'getAll', 'update', 'upload', 'wait'],
};

it.each(RESOURCES)('a model is told what each operation does: %s', (resource) => {
	for (const { value, description: told } of operationsOf(resource)) {
		const field = fieldsOf(inResource(resource, value)).find(
			({ name }) => name === 'toolDescription',
		);
		expect(field?.default).toBe(told);
		expect(field?.displayOptions?.show?.['@tool']).toEqual([true]);
	}
});

it('people and models are told that a job can cost money', () => {
	const told = operationsOf('analysis').find(({ value }) => value === 'run')?.description;
	expect(told).toMatch(/It can cost your account money/);
});

it('a model is told that an upload needs a file', () => {
	const toldOf = (resource: string, operation: string) =>
		operationsOf(resource).find(({ value }) => value === operation)?.description;
	const document = toldOf('document', 'uploadDocument');
	expect(document).toMatch(/needs a file that an earlier node of the workflow gives/);
	expect(toldOf('sample', 'upload')).toMatch(/needs files that an earlier node of the workflow/);
});
