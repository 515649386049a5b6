import {
	Workflow,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type NodeHint,
} from 'n8n-workflow';

const { OneCodex } = jest.requireActual<{ OneCodex: new () => INodeType }>('../../index.js');

/** Whether the editor would show the hint after a run with this input. */
function isShown(item: INodeExecutionData, binaryMode: 'combined' | 'separate'): unknown {
	const type = new OneCodex();
	const [hint] = type.description.hints as NodeHint[];
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const parameters = { resource: 'document', operation: 'initUpload', source: 'binary' };
	const node = { id: '1', name: 'Step', type: 't', typeVersion: 1, parameters } as unknown as INode;
	const workflow = new Workflow({
		nodes: [{ ...node, position: [0, 0] }],
		connections: {},
		active: false,
		nodeTypes,
		settings: { binaryMode } as never,
	});
	return workflow.expression.getParameterValue(
		hint.displayCondition!,
		null,
		0,
		0,
		node.name,
		[item],
		'manual',
		{},
	);
}

const file = (fileName?: string) => ({
	id: 'filesystem-v2:1',
	mimeType: 'a/b',
	data: '',
	fileName,
});

it.each([
	['Bericht März.pdf', true],
	['report.pdf', false],
	[undefined, false],
])('the hint on a changed name, of %j, is right in both binary modes: %p', (name, shown) => {
	const separate = { json: {}, binary: { data: file(name) } };
	const combined = { json: { _files: { data: file(name) } } } as unknown as INodeExecutionData;
	expect(isShown(separate, 'separate')).toBe(shown);
	expect(isShown(combined, 'combined')).toBe(shown);
});
