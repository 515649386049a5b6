import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import {
	asRouted,
	detailsOf,
	failedItem,
	toNodeError,
} from '../../nodes/OneCodex/errors/nodeErrors';
import { OneCodexError } from '../../nodes/OneCodex/errors/oneCodexError';

const node = (onError?: INode['onError']): INode => ({
	id: '1',
	name: 'One Codex',
	type: 'n8n-nodes-onecodex.oneCodex',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	onError,
});
const service = (message: string, facts = {}) => new OneCodexError('service', message, facts);

describe('an error in a type of n8n', () => {
	it.each([
		['the item', {}, {}, 'No [item 3]'],
		['the file', { filename: 'a.pdf' }, {}, 'No [a.pdf, item 3]'],
		['the field, where no name is known', { binaryPropertyName: 'data' }, {}, 'No [data, item 3]'],
		['the file alone of both', { filename: 'a', binaryPropertyName: 'b' }, {}, 'No [a, item 3]'],
		['the document', { document_id: '12' }, {}, 'No [document 12, item 3]'],
		[
			'all that there is',
			{ filename: 'a.fq', sample_id: '34', analysis_id: '56' },
			{},
			'No [a.fq, sample 34, analysis 56, item 3]',
		],
		['what the error brings', { filename: 'a' }, { filename: 'b' }, 'No [b, item 3]'],
	])('names %s', (_, details, own, message) => {
		expect(toNodeError(node(), service('No', { details: own }), 3, details).message).toBe(message);
	});

	it('names no field twice', () => {
		const { message } = toNodeError(node(), service('"data" is empty'), 0, {
			binaryPropertyName: 'data',
		});
		expect(message).toBe('"data" is empty [item 0]');
	});

	it('is of the type that says who can mend it', () => {
		const input = toNodeError(node(), new OneCodexError('input', 'No', { description: 'How' }), 2);
		expect(input).toBeInstanceOf(NodeOperationError);
		expect(input).toMatchObject({ description: 'How', context: { itemIndex: 2 } });
		for (const kind of ['service', 'network'] as const) {
			const error = toNodeError(node(), new OneCodexError(kind, 'No', { httpCode: 404 }), 2);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({ httpCode: '404', context: { itemIndex: 2 } });
		}
		expect(toNodeError(node(), service('No'), 2)).toMatchObject({ httpCode: null });
	});

	it.each([
		[{ description: 'How' }, 'How'],
		[{ description: 'How', attempts: 1 }, 'How'],
		[{ description: 'How', attempts: 2 }, 'How It was tried 2 times.'],
		[{ attempts: 6 }, 'It was tried 6 times.'],
	])('with %j advises: %s', (facts, description) => {
		for (const kind of ['input', 'service'] as const) {
			const error = toNodeError(node(), new OneCodexError(kind, 'No', facts), 0);
			expect(error.description).toBe(description);
		}
	});

	it('keeps its words, though n8n finds a code of Node.js in them', () => {
		for (const kind of ['input', 'service'] as const) {
			const error = new OneCodexError(kind, 'No', { details: { filename: 'filepermissions.pdf' } });
			const nodeError = toNodeError(node(), error, 0);
			expect(nodeError.message).toBe('No [filepermissions.pdf, item 0]');
			expect(nodeError.messages).toEqual([]);
			const routed = asRouted(node(), nodeError, 0);
			expect(routed.message).toBe(nodeError.message);
			expect(routed.messages).toEqual([]);
		}
	});

	it('is not made anew of what is one, and of a fault of ours keeps the message', () => {
		const given = [
			new NodeOperationError(node(), 'given'),
			new NodeApiError(node(), { message: 'given' }),
		];
		for (const error of given) expect(toNodeError(node(), error, 0)).toBe(error);
		const fault = toNodeError(node(), new TypeError('fault'), 4);
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect(fault).toMatchObject({ message: 'fault', context: { itemIndex: 4 } });
	});
});

it('routing gets an error of the API, with all that the error said', () => {
	const api = new NodeApiError(node(), { message: 'given' });
	expect(asRouted(node(), api, 0)).toBe(api);
	const input = toNodeError(node(), new OneCodexError('input', 'No', { description: 'How' }), 5);
	const routed = asRouted(node(), input, 5);
	expect(routed).toBeInstanceOf(NodeApiError);
	expect(routed).toMatchObject({
		message: 'No [item 5]',
		description: 'How',
		context: { itemIndex: 5 },
	});
	expect(asRouted(node(), new NodeOperationError(node(), 'No'), 0).description).toBeFalsy();
});

describe('the item of a file that failed', () => {
	const details = { filename: 'a.pdf' };
	const binary = { data: { data: '', mimeType: 'text/plain' } };

	it('has message, details and file', () => {
		const error = toNodeError(node(), service('No', { httpCode: 404 }), 2, details);
		expect(failedItem(error, 2, details, binary)).toEqual({
			json: {
				error: 'No [a.pdf, item 2]',
				details: { filename: 'a.pdf', httpCode: 404 },
			},
			binary,
			pairedItem: { item: 2 },
		});
	});

	it('has no status where there was none, and no file where it had none', () => {
		for (const kind of ['input', 'network'] as const) {
			const error = toNodeError(node(), new OneCodexError(kind, 'No'), 0);
			const item = failedItem(error, 0, details);
			expect(item.json.details).toEqual({ filename: 'a.pdf' });
			expect(Object.keys(item)).toEqual(['json', 'pairedItem']);
		}
	});

	it('has the error beside it for the error output alone, and not in a copy', () => {
		const itemOf = (onError?: INode['onError']) => {
			const error = toNodeError(node(onError), service('No'), 0);
			return { error, item: failedItem(error, 0, details) };
		};
		const { error, item } = itemOf('continueErrorOutput');
		expect(item.error).toBe(error);
		expect({ ...item }).not.toHaveProperty('error');
		expect(itemOf('continueRegularOutput').item).not.toHaveProperty('error');
		expect(itemOf().item).not.toHaveProperty('error');
	});
});

it('what an error brings along counts over what surrounds it', () => {
	const around = { filename: 'a', document_id: '1' };
	expect(detailsOf(service('No', { details: { document_id: '2' } }), around)).toEqual({
		filename: 'a',
		document_id: '2',
	});
	expect(detailsOf(service('No'), around)).toEqual(around);
	expect(detailsOf(new Error('No'), around)).toEqual(around);
});

it('an error of ours tells its advice to whoever wraps it', () => {
	const error = service('No', { description: 'How' });
	expect([error.name, error.description]).toEqual(['OneCodexError', 'How']);
});
