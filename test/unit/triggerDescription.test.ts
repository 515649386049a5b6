import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { OneCodex } from '../../nodes/OneCodex/OneCodex.node';
import { OneCodexTrigger } from '../../nodes/OneCodexTrigger/OneCodexTrigger.node';

const { description } = new OneCodexTrigger();
const field = (name: string) => description.properties.find((each) => each.name === name)!;

it('the public names of the trigger are those that workflows are saved with', () => {
	expect([description.name, description.displayName, description.version]).toEqual([
		'oneCodexTrigger',
		'One Codex Trigger',
		1,
	]);
	expect(description.properties.map(({ name }) => name)).toEqual(['event', 'simplify', 'filters']);
	expect((field('event').options as INodePropertyOptions[]).map(({ value }) => value)).toEqual([
		'sampleAvailable',
		'sampleFailed',
		'analysisSucceeded',
		'analysisFailed',
		'documentUploaded',
	]);
	expect(field('event').default).toBe('sampleAvailable');
	expect(field('simplify').default).toBe(true);
});

it('it is as the node is: credential, icon, and what it shows', () => {
	const node = new OneCodex().description;
	expect(description.credentials).toEqual(node.credentials);
	expect(description.polling).toBe(true);
	expect(JSON.stringify(description.icon).replaceAll('../OneCodex/', '')).toBe(
		JSON.stringify(node.icon),
	);
	expect(description.subtitle).toContain('$parameter["event"].replace(/[A-Z]/g');
	expect(node.subtitle).toContain('name.replace(/[A-Z]/g');
});

it('each event has its filters', () => {
	const shown = (event: string) =>
		(field('filters').options as INodeProperties[])
			.filter(({ displayOptions }) => displayOptions?.show?.['/event']?.includes(event))
			.map(({ name }) => name);
	const ofSample = ['filename', 'projectId', 'tag'];
	expect(shown('documentUploaded')).toEqual(['filename']);
	for (const event of ['sampleAvailable', 'sampleFailed']) expect(shown(event)).toEqual(ofSample);
	for (const event of ['analysisFailed', 'analysisSucceeded']) {
		expect(shown(event)).toEqual(['analysisType', ...ofSample]);
	}
});
