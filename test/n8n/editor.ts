import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

import { editorOf } from './differences';
import type { OneCodexAccount } from './host';
import { n8nVersion, root } from './installation';
import { Picker } from './picker';
import type { RestClient } from './rest';
import { owner } from './session';
import { until } from './until';
import type { Workflow } from './workflow';

export const screenshotPath = (name: string): string =>
	join(root, 'artifacts', 'screenshots', `n8n-${n8nVersion}`, `${name}.png`);

/** What n8n itself points at, and the ways to the nodes around the open one. */
const HIDE_WHAT_POPS_UP = `
	[data-reka-popper-content-wrapper], [role=tooltip], .el-popper { visibility: hidden !important }
	[data-test-id=floating-node] { visibility: hidden !important }
`;

/** A node or a note, with its label. */
export interface CanvasThing {
	name: string;
	left: number;
	right: number;
	top: number;
	bottom: number;
	/** Whether some of its text is not to be seen. */
	isCutOff: boolean;
}

/** n8n's editor in a browser, as far as our node is concerned. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly client: RestClient,
	) {}

	/** Opens a window that is not logged in yet. */
	static async open(
		browser: Browser,
		client: RestClient,
		viewport = { width: 1440, height: 900 },
	): Promise<Editor> {
		const page = await browser.newPage({ viewport });
		page.setDefaultTimeout(60_000);
		return new Editor(page, client);
	}

	/** Opens a window with the client's log-in: n8n takes only a few by password in a minute. */
	static async openAs(...args: Parameters<typeof Editor.open>): Promise<Editor> {
		const editor = await Editor.open(...args);
		const { url, loggedIn } = editor.client;
		const [name, value] = loggedIn.split(/=(.*)/);
		await editor.page.context().addCookies([{ name, value, url }]);
		return editor;
	}

	async screenshot(name: string): Promise<void> {
		// The panels slide in, which is done by a script and so not ended by `animations`.
		await this.page.waitForTimeout(700);
		await this.page.screenshot({ path: screenshotPath(name), animations: 'disabled' });
	}

	async logIn(): Promise<void> {
		await this.page.goto(`${this.client.url}/signin`);
		await this.page.locator('[name=emailOrLdapLoginId]').fill(owner.email);
		await this.page.locator('[name=password]').fill(owner.password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
		await this.overview.waitFor();
	}

	/** The heading of the pages that list what there is. */
	private get overview(): Locator {
		return this.page.getByRole('heading', { name: 'Overview' });
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.client.url}/workflow/${this.client.idOf(id)}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/**
	 * Opens one after another without loading the editor anew, as n8n's own links do: each load takes a
	 * browser many seconds. Changes that were not saved are left.
	 */
	async openNextWorkflow({ id, nodes }: Workflow): Promise<void> {
		await this.goToOverview();
		const shown = this.page.locator('.vue-flow__node');
		await this.goWithin(`/workflow/${this.client.idOf(id)}`);
		const names = nodes.map(({ name }) => name).sort();
		// For a moment n8n 2 may show the one before.
		await until(`the nodes of ${id}`, async () => {
			const there = await shown
				.locator('[data-node-name]')
				.evaluateAll((elements) => elements.map(({ dataset }) => dataset.nodeName));
			return [...new Set(there)].sort().join() === names.join();
		});
	}

	async openEmptyWorkflow(id: string): Promise<void> {
		await this.goToOverview();
		await this.goWithin(`/workflow/${this.client.idOf(id)}`);
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/**
	 * The page between two workflows, and the first of all, so that the browser has it: n8n 2 stays where
	 * it was if a workflow is asked for while the frame of this page is still on its way.
	 */
	private async goToOverview(): Promise<void> {
		const path = '/home/credentials';
		const leave = this.page.getByRole('button', { name: 'Leave without saving' });
		if (!this.page.url().startsWith(this.client.url)) await this.page.goto(this.client.url + path);
		else if (!(await this.overview.isVisible())) await this.goWithin(path);
		await until('the overview', async () => {
			// Just pressed, it may be on its way out.
			if (await leave.isVisible()) await leave.click({ timeout: 2_000 }).catch(() => undefined);
			return await this.overview.isVisible();
		});
	}

	private async goWithin(path: string): Promise<void> {
		await this.page.evaluate(
			`history.pushState(null, '', ${JSON.stringify(path)});
			dispatchEvent(new PopStateEvent('popstate'));`,
		);
	}

	/** Looks for a node to begin a workflow with. */
	async searchFirstStep(search: string): Promise<void> {
		await this.page.getByTestId('canvas-plus-button').click();
		await this.page.getByPlaceholder('Search nodes...').fill(search);
		await this.entry('One Codex').first().waitFor();
	}

	/** Opens the panel of nodes at the workflow's loose end, and gives what is found under a name. */
	async findNode(search: string, name: string): Promise<Locator> {
		await this.page.getByTestId('canvas-handle-plus').click();
		await this.page.getByPlaceholder('Search nodes...').fill(search);
		const found = this.entry(name);
		await found.waitFor();
		return found;
	}

	/** An entry of the panel: a node, or what a node can do. */
	entry(name: string): Locator {
		return this.page.getByTestId('node-creator-item-name').filter({ hasText: name });
	}

	/** The actions that the open panel has, under their headings, from top to bottom. */
	async panel(): Promise<string[]> {
		const text = await this.page.getByTestId('node-creator').innerText();
		const [, actions = ''] = text.split(/^Actions \(\d+\)$/m);
		const [list] = actions.split(/^Triggers \(/m);
		return list.split('\n').filter((line) => line.trim());
	}

	/** Opens the dialog for a new credential. */
	async addAccount(): Promise<void> {
		if (!editorOf.hasCredentialList) {
			return await this.page.getByRole('button', { name: 'Connect to One Codex' }).click();
		}
		await this.page.getByTestId('node-credentials-select').click();
		await this.page.getByTestId('node-credentials-select-item-new').click();
	}

	/** Fills in the open credential dialog and saves, whereupon n8n tests the connection. */
	async saveAccount({ apiKey, baseUrl }: OneCodexAccount): Promise<void> {
		await this.parameter('apiKey').fill(apiKey);
		await this.parameter('baseUrl').fill(baseUrl);
		await this.page.getByRole('button', { name: 'Save' }).click();
	}

	/** Shows the dialog of a credential that was saved and works, with what the test found. */
	async showAccount(): Promise<void> {
		if (!editorOf.closesCredential) return;
		await this.page.getByText('Credential saved').waitFor();
		await this.page.getByTestId('credential-edit-button').click();
	}

	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`).locator('input');
	}

	/** The picker of a parameter. */
	picker(parameter: string): Picker {
		return new Picker(this.page, this.page.getByTestId(`parameter-input-${parameter}`));
	}

	/** Opens a node of the open workflow, in place of the one that is open. */
	async openNode(name: string): Promise<void> {
		const open = this.page.getByTestId('node-execute-button');
		// A press may end a list or what is being written.
		while (await open.isVisible()) {
			await this.page.keyboard.press('Escape');
			await open.waitFor({ state: 'hidden', timeout: 2_000 }).catch(() => undefined);
		}
		const node = this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
		await node.dblclick();
		await open.waitFor();
	}

	/** Runs the open node, and what comes before it, until its output has a text. */
	async executeStep(text: string): Promise<string> {
		return await this.press('Execute step', text);
	}

	/** Shows what the open node gave out as JSON, which has all of it in sight. */
	async showJson(text: string): Promise<void> {
		const output = this.page.getByTestId('output-panel');
		await output.getByText('JSON', { exact: true }).click();
		await output.getByText(text).first().waitFor();
	}

	/** Has the open trigger look for an event, until its output has a text. */
	async fetchTestEvent(text: string): Promise<string> {
		return await this.press('Fetch Test Event', text);
	}

	/**
	 * Presses the open node's button, and once more where nothing came of it: on a busy machine n8n may
	 * draw the button anew while it is pressed.
	 */
	private async press(name: string, text: string): Promise<string> {
		const button = this.page.getByTestId('node-execute-button');
		const idle = button.getByText(name);
		const output = this.page.getByTestId('output-panel');
		const shown = output.getByText(text).first();
		await button.click();
		await shown.waitFor({ timeout: 20_000 }).catch(async () => {
			if (await idle.isVisible()) await button.click();
			await shown.waitFor();
		});
		await idle.waitFor();
		return await output.innerText();
	}

	/** Where the nodes and notes of the canvas lie, with their names, in pixels of the window. */
	async layout(): Promise<CanvasThing[]> {
		return await this.page.locator('.vue-flow__node').evaluateAll((elements) =>
			elements.map((element) => {
				const node = element.querySelector('[data-node-name]');
				// What only the mouse makes visible does not count.
				const parts = [...node.querySelectorAll('*')].filter((part) =>
					part.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
				);
				const boxes = parts
					.filter(
						(part) =>
							part.matches('svg, img, [data-test-id=canvas-node], [data-test-id=sticky]') ||
							[...part.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()),
					)
					.map((part) => part.getBoundingClientRect());
				const { getComputedStyle } = element.ownerDocument.defaultView;
				return {
					name: node.dataset.nodeName,
					left: Math.min(...boxes.map(({ left }) => left)),
					right: Math.max(...boxes.map(({ right }) => right)),
					top: Math.min(...boxes.map(({ top }) => top)),
					bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
					isCutOff: parts.some(
						(part) =>
							getComputedStyle(part).overflowY !== 'visible' &&
							part.scrollHeight > part.clientHeight + 1,
					),
				};
			}),
		);
	}

	/** The addresses of a package's icons on the canvas. */
	async icons(packageName: string): Promise<string[]> {
		const nodes = this.page.getByTestId('canvas-node');
		const images = await nodes.locator(`img[src*="/${packageName}/"]`).all();
		const sources = await Promise.all(images.map((image) => image.getAttribute('src')));
		return sources.map((source) => new URL(source ?? '', this.client.url).href);
	}

	/** Makes README's picture of a part of the window, where new ones are asked for. */
	async picture(name: string, x: number, y: number, width: number, height: number): Promise<void> {
		if (!process.env.UPDATE_PICTURES) return;
		const path = join(root, 'docs', 'images', `${name}.png`);
		const clip = { x, y, width, height };
		await this.page.screenshot({ path, clip, animations: 'disabled', style: HIDE_WHAT_POPS_UP });
	}
}
