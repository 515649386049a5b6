import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { OneCodexApi } from '../../credentials/OneCodexApi.credentials';
import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';

const { description, customOperations } = new OneCodex();

const fieldsOf = (operation: string) =>
	description.properties.filter(({ displayOptions }) =>
		(displayOptions?.show?.operation as string[] | undefined)?.includes(operation),
	);
const namesOf = (operation: string) =>
	fieldsOf(operation)
		.map(({ name }) => name)
		// n8n's own name for what a model is told of a tool.
		.filter((name) => name !== 'toolDescription');
const optionsOf = (operation: string) =>
	fieldsOf(operation)
		.filter(({ name }) => name === 'options')
		.flatMap(({ options }) => (options as INodeProperties[]).map(({ name }) => name));
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

it('what routing cannot express is a custom operation, the rest is routing', () => {
	const operations = description.properties.find(({ name }) => name === 'operation')!
		.options as INodePropertyOptions[];
	const custom = Object.keys(customOperations.document);
	for (const { value, routing } of operations) {
		expect(custom.includes(String(value))).toBe(routing === undefined);
	}
	expect(custom).toEqual(['uploadDocument', 'uploadFile', 'download', 'getAll']);
});

it('a model is told what each operation does, and that an upload needs a file', () => {
	const operations = description.properties.find(({ name }) => name === 'operation')!
		.options as INodePropertyOptions[];
	for (const operation of operations) {
		const told = fieldsOf(String(operation.value)).find(({ name }) => name === 'toolDescription');
		expect(told?.default).toBe(operation.description);
		expect(told?.displayOptions?.show?.['@tool']).toEqual([true]);
	}
	const upload = operations.find(({ value }) => value === 'uploadDocument');
	expect(upload?.description).toMatch(/needs a file that an earlier node of the workflow gives/);
});
