import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { filesUnder } from '../filesUnder';
import { launchBrowser } from '../n8n/browser';
import { readMarkdown } from '../unit/markdown';

const root = join(__dirname, '../..');
/** Where scripts/setup.mjs puts it. */
const mermaid = join(root, '.cache/mermaid/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js');
const screenshots = join(root, 'artifacts/screenshots/docs');

/** Every diagram of a page, with a name that says where it is. */
const diagrams = ['README.md', 'CONTRIBUTING.md', ...filesUnder('docs', '.md')].flatMap((path) =>
	readMarkdown(readFileSync(join(root, path), 'utf8'))
		.blocks.filter(({ language }) => language === 'mermaid')
		.map(({ code }, index) => [`${path}, diagram ${index + 1}`, code] as const),
);

let browser: Browser;
let page: Page;

beforeAll(async () => {
	if (!existsSync(mermaid)) {
		throw new Error('Mermaid is missing: run "node scripts/setup.mjs --browser" first.');
	}
	await mkdir(screenshots, { recursive: true });
	browser = await launchBrowser();
	page = await browser.newPage({ viewport: { width: 900, height: 700 } });
	await page.setContent('<body></body>');
	await page.addScriptTag({ path: mermaid });
	// As GitHub does: a diagram can bring no script and no settings of its own.
	await page.evaluate("mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })");
});

afterAll(async () => {
	await browser?.close();
});

/**
 * Draws a diagram in the page.
 *
 * @returns the texts in it
 * @throws what Mermaid says where it cannot read it
 */
async function draw(code: string): Promise<string> {
	const drawn = `mermaid.render('drawn', ${JSON.stringify(code)})`;
	await page.evaluate(`${drawn}.then(({ svg }) => { document.body.innerHTML = svg; })`);
	return await page.locator('body > svg').evaluate((svg) => String(svg.textContent));
}

/** What a diagram calls its actors, or writes into its boxes. */
const labelsIn = (code: string): string[] =>
	[...code.matchAll(/participant \w+ as (.+)|\w+(?:\["|\{"|\(\[")(.+?)"/g)].map(
		([, actor, box]) => actor ?? box,
	);

const words = (text: string) => text.replace(/<br\/?>|\s/g, '');

it('the uploads and the trigger have diagrams', () => {
	const pages = diagrams.map(([name]) => name.split(',')[0]);
	expect(pages.filter((path) => path === 'docs/how-it-works.md').length).toBeGreaterThanOrEqual(4);
});

it.each(diagrams)('%s renders', async (name, code) => {
	const text = words(await draw(code));
	await page
		.locator('body > svg')
		.screenshot({ path: join(screenshots, `${name.replace(/\W+/g, '-')}.png`) });
	for (const label of labelsIn(code)) expect(text).toContain(words(label));
});

it('what is no diagram is told', async () => {
	await expect(draw('sequenceDiagram\n    A->>: to nobody')).rejects.toThrow(/[Pp]arse error/);
	await expect(draw('sequencediagram\n    A->>B: no such kind')).rejects.toThrow();
});
