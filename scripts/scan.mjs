/**
 * Runs n8n's package scanner on the sources and on the packed tarball, as n8n.io does before it
 * verifies a community package, and fails on a warning too. (Its own CLI wants a published package,
 * and exits 0 whatever it finds.) Build first.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	analyzePackage,
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function scan(name, directory, patterns) {
	const verdict = await analyzePackage(directory, patterns);
	// The verdict is silent on warnings, so the same rules once more for them.
	const eslint = new ESLint({
		cwd: directory,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const problems = results.reduce((sum, one) => sum + one.errorCount + one.warningCount, 0);
	if (verdict.passed && problems === 0) {
		console.log(`Scanner: ${name}, ${results.length} files, no error and no warning`);
		return true;
	}
	console.error(`Scanner: ${name} has ${problems} problems. ${verdict.message ?? ''}`);
	console.error(await (await eslint.loadFormatter('stylish')).format(results));
	return false;
}

const unpacked = mkdtempSync(join(tmpdir(), 'onecodex-scan-'));
try {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', unpacked], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }] = JSON.parse(packed);
	execFileSync('tar', ['-xzf', filename], { cwd: unpacked });
	rmSync(join(unpacked, filename));

	const passed = [
		await scan('sources', process.cwd(), SOURCE_FILE_PATTERNS),
		await scan('tarball', join(unpacked, 'package'), TARBALL_FILE_PATTERNS),
	];
	process.exitCode = passed.every(Boolean) ? 0 : 1;
} finally {
	rmSync(unpacked, { recursive: true, force: true });
}
