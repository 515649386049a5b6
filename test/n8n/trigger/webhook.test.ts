import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { ask } from '../../ask';
import { SharedHost } from '../shared/host';
import { until } from '../until';
import { chain, noOperation, node, webhook, workflow } from '../workflow';

jest.setTimeout(600_000);

const SECRET = '0123456789abcdef0123456789abcdef';

/** The expressions that the page gives, each in a line of its own list. */
const page = readFileSync('docs/trigger.md', 'utf8');
const onThePage = (field: string) => {
	const [, expression] = new RegExp(`_${field}_ \`(.+?)\``).exec(page) ?? [];
	if (!expression) throw new Error(`docs/trigger.md has no ${field}`);
	return `=${expression}`;
};

/** n8n's own nodes, as the page wires them. */
function signed() {
	const received = webhook('one-codex');
	received.parameters.options = { rawBody: true };
	const text = { operation: 'text', binaryPropertyName: 'data', destinationKey: 'body' };
	const hmac = {
		action: 'hmac',
		type: 'SHA256',
		value: onThePage('Value'),
		dataPropertyName: 'signature',
		secret: SECRET,
		encoding: 'hex',
	};
	const equal = {
		conditions: {
			options: { version: 2, caseSensitive: true, leftValue: '', typeValidation: 'strict' },
			combinator: 'and',
			conditions: [
				{
					id: '1',
					leftValue: '={{ $json.signature }}',
					rightValue: onThePage('Value 2'),
					operator: { type: 'string', operation: 'equals' },
				},
			],
		},
	};
	return workflow(
		'webhook',
		chain(
			received,
			node('n8n-nodes-base.extractFromFile', 1, 'Text', text),
			node('n8n-nodes-base.crypto', 1, 'HMAC', hmac),
			node('n8n-nodes-base.if', 2.2, 'Is it One Codex', equal),
			noOperation('Known'),
		),
	);
}

let host: SharedHost;
let url: string;

beforeAll(async () => {
	host = await SharedHost.create();
	host.importWorkflows(signed());
	const client = await host.client();
	await client.activate('webhook');
	url = `${client.url}/webhook/one-codex`;
	await until('the webhook is registered', async () => {
		return (await ask(url, { method: 'POST' })).status !== 404;
	});
});

afterAll(async () => await host?.close());

async function post(body: string, signature: string): Promise<unknown> {
	const headers = { 'Content-Type': 'application/json', 'X-OneCodex-Signature': signature };
	const answer = await ask(url, { method: 'POST', headers, body });
	const text = await answer.text();
	return text ? (JSON.parse(text) as unknown) : undefined;
}

it('a webhook is known by its signature, and nothing else is', async () => {
	// Space and order as One Codex sends them: another JSON of the same has another signature.
	const body = '{ "event_type":"analysis.succeeded",  "api_version": "v1", "ä": 1 }';
	const at = Math.floor(Date.now() / 1000);
	const digits = createHmac('sha256', SECRET).update(`${at}.${body}`).digest('hex');
	const known = { body, signature: digits };
	expect(await post(body, `t=${at} v1=${digits}`)).toEqual([known]);
	expect(await post(body, `t=${at}, v1=${digits}`)).toEqual([known]);
	for (const [other, signature] of [
		[body.replace('succeeded', 'failed'), `t=${at} v1=${digits}`],
		[body, `t=${at + 1} v1=${digits}`],
		[body, `t=${at} v1=${'0'.repeat(64)}`],
	]) {
		expect(await post(other, signature)).not.toEqual(expect.arrayContaining([known]));
	}
});
