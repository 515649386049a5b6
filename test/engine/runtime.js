const { cpSync, mkdtempSync, rmSync, symlinkSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { default: Runtime } = require('jest-runtime');

/** n8n's engine. */
const INSTALLED = /^(?:n8n-core|n8n-workflow|@n8n\/di)(?:\/|$)/;

/** Our package, as tests name it. */
const OURS = /^(?:\.\.\/)+index\.js$/;

const userFolder = mkdtempSync(join(tmpdir(), 'onecodex-engine-'));
process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));

// Read by n8n-core while it is loaded.
Object.assign(process.env, {
	N8N_USER_FOLDER: userFolder,
	N8N_ENCRYPTION_KEY: 'engine-tests-only',
	N8N_LOG_LEVEL: 'silent',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	N8N_BINARY_DATA_STORAGE_PATH: join(userFolder, 'binaryData'),
});

/** A `require` for each n8n: from our package, installed beside it. */
const requires = new Map();

function requireBeside(n8nModules, rootDir) {
	const folder = join(userFolder, `package-${requires.size}`);
	for (const part of ['dist', 'index.js', 'package.json']) {
		cpSync(join(rootDir, part), join(folder, part), { recursive: true });
	}
	symlinkSync(n8nModules, join(folder, 'node_modules'));
	const required = createRequire(join(folder, 'index.js'));
	const { Container } = required('@n8n/di');
	const { SSHClientsManager } = required('n8n-core/dist/execution-engine/ssh-clients-manager');
	// n8n 1 looks for stale connections until it is told to end, which would hold the worker.
	Container.get(SSHClientsManager).onShutdown();
	return required;
}

/**
 * Loads n8n's engine and our package once for all test files of a worker, as Node.js does: jest would
 * load them for each anew, which takes seconds. Coverage and mutants want jest's way.
 */
module.exports = class extends Runtime {
	#require;

	constructor(config, environment, resolver, transformer, cacheFS, coverage, ...more) {
		super(config, environment, resolver, transformer, cacheFS, coverage, ...more);
		// What a test sets is for n8n, too.
		environment.global.process.env = process.env;
		const { n8nModules } = config.globals;
		if (coverage.collectCoverage || n8nModules === undefined) return;
		if (!requires.has(n8nModules)) {
			requires.set(n8nModules, requireBeside(n8nModules, config.rootDir));
		}
		this.#require = requires.get(n8nModules);
	}

	requireModuleOrMock(from, name) {
		return this.#loadedOnce(name) ?? super.requireModuleOrMock(from, name);
	}

	requireActual(from, name) {
		return this.#loadedOnce(name) ?? super.requireActual(from, name);
	}

	#loadedOnce(name) {
		if (INSTALLED.test(name)) return this.#require?.(name);
		return OURS.test(name) ? this.#require?.('./index.js') : undefined;
	}
};
