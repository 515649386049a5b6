import { config } from '@n8n/node-cli/eslint';

/** Rules for code that runs inside n8n; the tests and their stand-in are programs of their own. */
const rulesInsideN8n = config
	.flatMap(({ rules }) => Object.keys(rules ?? {}))
	.filter((rule) => rule.startsWith('@n8n/community-nodes/'));

export default [
	{ ignores: ['dist/', '.cache/', 'artifacts/', 'coverage/'] },
	...config,
	{
		files: ['test/**/*.ts'],
		rules: {
			...Object.fromEntries(rulesInsideN8n.map((rule) => [rule, 'off'])),
			'no-console': 'off',
		},
	},
];
