import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../n8n/installation';
import versions from '../n8n/versions';

const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

interface Manifest {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}
interface Lock {
	packages: Record<string, { version: string }>;
}

it('the README names the versions of n8n that the tests run in, newest first', () => {
	const [section] = /## Compatibility\n[^#]*/.exec(read('README.md')) ?? [''];

	expect(section.match(/\d+\.\d+\.\d+/g)).toEqual(versions);
});

it.each(versions)('the folder %s installs that version', (version) => {
	const folder = ['test', 'n8n', 'versions', version];
	const { dependencies } = JSON.parse(read(...folder, 'package.json')) as Manifest;
	const { packages } = JSON.parse(read(...folder, 'package-lock.json')) as Lock;

	expect(dependencies).toEqual({ n8n: version });
	expect(packages['node_modules/n8n'].version).toBe(version);
});

it('the engine that we develop with is that of the newest', () => {
	const { devDependencies } = JSON.parse(read('package.json')) as Manifest;
	const lock = read('test', 'n8n', 'versions', versions[0], 'package-lock.json');
	const { packages } = JSON.parse(lock) as Lock;

	for (const name of ['n8n-core', 'n8n-workflow']) {
		expect(devDependencies[name]).toBe(packages[`node_modules/${name}`].version);
	}
});
