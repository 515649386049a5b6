import { config } from '@n8n/node-cli/eslint';

/** Rules for code that runs inside n8n; the tests and their stand-in are programs of their own. */
const rulesInsideN8n = config
	.flatMap(({ rules }) => Object.keys(rules ?? {}))
	.filter((rule) => rule.startsWith('@n8n/community-nodes/'));

/** Imports run one way, and the side that talks to S3 cannot reach the one that has the key. */
const oneWay = [
	{ target: './nodes/OneCodex/upload', from: './nodes/OneCodex/resources' },
	{ target: './nodes/OneCodex/transport', from: './nodes/OneCodex/resources' },
	{ target: './nodes/OneCodex/transport', from: './nodes/OneCodex/upload' },
	{
		target: './nodes/OneCodex/transport/{storage,storageRequest,s3,getObject}.ts',
		from: './nodes/OneCodex/transport/api.ts',
	},
];

export default [
	{ ignores: ['dist/', '.cache/', 'artifacts/', 'coverage/'] },
	...config,
	{
		files: ['nodes/**/*.ts'],
		rules: { 'import-x/no-restricted-paths': ['error', { zones: oneWay }] },
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			...Object.fromEntries(rulesInsideN8n.map((rule) => [rule, 'off'])),
			'no-console': 'off',
		},
	},
];
