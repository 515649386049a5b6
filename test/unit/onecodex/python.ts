import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where scripts/setup.mjs puts the clients on a machine that has no package for them. */
const VENV = resolve(__dirname, '../../../.cache/python/bin');

/** The first candidate that runs. @throws Error that says what to install. */
async function installed(candidates: string[], probe: string[], hint: string): Promise<string> {
	for (const candidate of candidates) {
		const works = await run(candidate, probe).then(
			() => true,
			() => false,
		);
		if (works) return candidate;
	}
	throw new Error(hint);
}

/** A Python that has a package. @throws Error without one */
export const pythonWith = async (name: string): Promise<string> =>
	await installed(
		['python3', '/usr/bin/python3', join(VENV, 'python3')],
		['-c', `import ${name}`],
		`No python3 can import ${name}: install it with \`apt-get install -y python3-${name}\` or \`pip install ${name}\`.`,
	);

/** @throws Error without one */
export const httpie = async (): Promise<string> =>
	await installed(
		['http', '/usr/bin/http', join(VENV, 'http')],
		['--version'],
		'There is no httpie: install it with `apt-get install -y httpie` or `pip install httpie`.',
	);
