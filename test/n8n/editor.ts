import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

import { editorOf } from './differences';
import type { OneCodexAccount } from './host';
import { n8nVersion, root } from './installation';
import { Picker } from './picker';
import type { RestClient } from './rest';
import { owner } from './session';

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
		await this.page.getByRole('heading', { name: 'Overview' }).waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.client.url}/workflow/${this.client.idOf(id)}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens the node Step of a workflow. */
	async openStep(workflowId: string): Promise<void> {
		await this.openWorkflow(workflowId);
		await this.openNode('Step');
	}

	async openEmptyWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.client.url}/workflow/${this.client.idOf(id)}`);
		await this.page.getByTestId('canvas-add-button').waitFor();
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

	async openNode(name: string): Promise<void> {
		await this.page.getByTestId('canvas-node').filter({ hasText: name }).dblclick();
		await this.page.getByTestId('node-execute-button').waitFor();
	}

	/** Runs the open node, and what comes before it, until its output has a text. */
	async executeStep(text: string): Promise<string> {
		const button = this.page.getByTestId('node-execute-button');
		await button.click();
		const output = this.page.getByTestId('output-panel');
		await output.getByText(text).first().waitFor();
		await button.getByText('Execute step').waitFor();
		return await output.innerText();
	}

	/** Shows what the open node gave out as JSON, which has all of it in sight. */
	async showJson(text: string): Promise<void> {
		const output = this.page.getByTestId('output-panel');
		await output.getByText('JSON', { exact: true }).click();
		await output.getByText(text).first().waitFor();
	}

	/** Has the open trigger look for an event, until its output has a text. */
	async fetchTestEvent(text: string): Promise<string> {
		const button = this.page.getByTestId('node-execute-button');
		await button.click();
		const output = this.page.getByTestId('output-panel');
		await output.getByText(text).first().waitFor();
		await button.getByText('Fetch Test Event').waitFor();
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
