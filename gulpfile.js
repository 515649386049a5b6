const { execFile } = require('node:child_process');
const { readdirSync, readFileSync, rmSync } = require('node:fs');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

async function clean() {
	rmSync('dist', { recursive: true, force: true });
}

/** TypeScript's own compiler, whose errors are shown as it prints them. */
async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	await run(process.execPath, [tsc, '-p', 'tsconfig.build.json']).catch(({ stdout }) => {
		throw new Error(`TypeScript found errors:\n${stdout}`);
	});
}

/** Icons go beside the compiled node, where its `file:` references look for them. */
function icons() {
	// Without encoding: false, gulp 5 reads files as text and breaks binary ones.
	return src('nodes/**/*.{svg,png}', { encoding: false }).pipe(dest('dist/nodes'));
}

/** The codex file tells n8n's node panel under which categories and words to find the node. */
function codex() {
	return src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
}

/** An example that n8n cannot import, or that uses what the node has not, breaks the build. */
async function examples() {
	const { OneCodex, OneCodexTrigger } = require('./index.js');
	const { properties } = new OneCodex().description;
	const known = new Set(
		properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options, displayOptions: { show } }) =>
				options.map(({ value }) => `${show.resource[0]}: ${value}`),
			),
	);
	const [{ options: events }] = new OneCodexTrigger().description.properties;

	for (const file of readdirSync('examples').filter((name) => name.endsWith('.json'))) {
		const { nodes, connections } = JSON.parse(readFileSync(`examples/${file}`, 'utf8'));
		const names = new Set(nodes.map(({ name }) => name));
		for (const name of Object.keys(connections)) {
			if (!names.has(name)) throw new Error(`${file} connects "${name}", which it does not have`);
		}
		for (const { name, type, parameters } of nodes) {
			const isEvent = events.some(({ value }) => value === parameters.event);
			if (type === 'n8n-nodes-onecodex.oneCodexTrigger' && !isEvent) {
				throw new Error(`${file}: "${name}" starts for the unknown ${parameters.event}`);
			}
			if (!/^n8n-nodes-onecodex\.oneCodex(Tool)?$/.test(type)) continue;
			const { resource = 'document', operation } = parameters;
			if (!known.has(`${resource}: ${operation}`)) {
				throw new Error(`${file}: "${name}" uses the unknown ${resource}: ${operation}`);
			}
		}
	}
}

exports.default = series(clean, parallel(compile, icons, codex), examples);
