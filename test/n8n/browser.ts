import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';

const commands = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser that scripts/setup.mjs found or installed. */
function executable(): string {
	const named = process.env.CHROMIUM_PATH;
	if (named) return named;
	for (const command of commands) {
		const { status, stdout } = spawnSync('sh', ['-c', `command -v ${command}`], {
			encoding: 'utf8',
		});
		if (status === 0) return stdout.trim();
	}
	const own = chromium.executablePath();
	if (existsSync(own)) return own;
	throw new Error('Chromium is missing: run "node scripts/setup.mjs --browser" first.');
}

export async function launchBrowser(): Promise<Browser> {
	// n8n's own name for it.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({
		executablePath: executable(),
		args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-sync'],
	});
}
