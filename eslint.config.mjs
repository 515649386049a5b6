import { readdirSync } from 'node:fs';

import { config } from '@n8n/node-cli/eslint';

/** Rules for code that runs inside n8n; the tests and their stand-in are programs of their own. */
const rulesInsideN8n = config
	.flatMap(({ rules }) => Object.keys(rules ?? {}))
	.filter((rule) => rule.startsWith('@n8n/community-nodes/'));

/**
 * The folders of the node, lowest first. What stands in one row knows nothing of its neighbours:
 * so what talks to S3 (storage) cannot reach what holds the API key (api).
 */
const floors = [
	['types.ts'],
	['errors'],
	['http'],
	['api', 'storage', 'binary'],
	['upload', 'download', 'listSearch'],
	['resources'],
	['OneCodex.node.ts'],
];

const inNode = (name) => `./nodes/OneCodex/${name}`;

/** Nothing imports from its own floor, other than from its own folder, or from one above. */
const walls = floors.slice(0, -1).flatMap((floor, height) =>
	floor.map((room) => ({
		target: inNode(room),
		from: floors
			.slice(height)
			.flat()
			.filter((other) => other !== room)
			.map(inNode),
		message: 'Imports go down one floor or more: see the map in CONTRIBUTING.md.',
	})),
);

const resources = readdirSync(new URL(inNode('resources'), import.meta.url));

/** A resource knows what all have in common, which knows none of them, and no other resource. */
const resourcesApart = resources.map((resource) => ({
	target: inNode(`resources/${resource}`),
	from: inNode('resources'),
	except: resource === 'shared' ? ['./shared'] : [`./${resource}`, './shared'],
	message: 'What two resources need goes to resources/shared, which knows none of them.',
}));

/** The trigger is at the top, beside the node: it uses what the node is made of, and nobody uses it. */
const trigger = [
	{ target: './nodes/OneCodexTrigger', from: inNode('OneCodex.node.ts') },
	{ target: './nodes/OneCodex', from: './nodes/OneCodexTrigger' },
].map((zone) => ({ ...zone, message: 'Node and trigger stand side by side.' }));

/** Whoever can ask for a credential could send it anywhere. */
const credentialAccess = /^(getCredentials|httpRequestWithAuthentication)$/;

export default [
	{ ignores: ['dist/', '.cache/', 'artifacts/', 'coverage/'] },
	...config,
	{
		files: ['nodes/**/*.ts'],
		rules: {
			'import-x/no-restricted-paths': [
				'error',
				{
					zones: [
						...walls,
						...resourcesApart,
						...trigger,
						{
							target: './nodes',
							from: './credentials',
							message: 'n8n brings node and credential together.',
						},
					],
				},
			],
		},
	},
	{
		files: ['nodes/**/*.ts'],
		ignores: ['nodes/OneCodex/api/**'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector: `Identifier[name=${credentialAccess}]`,
					message: 'Only api/ asks n8n for the credential.',
				},
			],
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			...Object.fromEntries(rulesInsideN8n.map((rule) => [rule, 'off'])),
			'no-console': 'off',
		},
	},
];
