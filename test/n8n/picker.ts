import type { Locator, Page } from 'playwright-core';

/** A resource locator in the open node: a list to choose from, an ID, or an address. */
export class Picker {
	constructor(
		private readonly page: Page,
		private readonly field: Locator,
	) {}

	/** What the open list has so far. */
	get entries(): Locator {
		// Those of a list that was open before are still there, out of sight.
		return this.page.getByTestId('rlc-item').filter({ visible: true });
	}

	/** What is chosen or typed in. */
	get input(): Locator {
		return this.field.getByTestId('rlc-input');
	}

	/** The sign beside a field with which something is wrong; pointed at, it says what. */
	get issues(): Locator {
		return this.field.getByTestId('parameter-issues');
	}

	/** Lets it be filled in, in one of its ways, where it follows the step before. */
	async setFixed(mode: 'list' | 'id' | 'url'): Promise<void> {
		const item = this.page.getByTestId('parameter-item').filter({ has: this.field });
		await item.hover();
		// Not by the mouse: the help for expressions may lie over it.
		await item.getByTestId('radio-button-fixed').dispatchEvent('click');
		await this.field.getByTestId('rlc-mode-selector').click();
		// Every picker of the node has such an entry, and only the open one shows it.
		await this.page.getByTestId(`mode-${mode}`).filter({ visible: true }).click();
	}

	async open(): Promise<void> {
		await this.input.click();
		await this.entries.first().waitFor();
	}

	/** Searches the open list until nothing but what matches is left. */
	async search(text: string): Promise<void> {
		// As with the entries: the field of a list that was open before is still there.
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
		await this.entries.filter({ hasNotText: text }).first().waitFor({ state: 'detached' });
		await this.entries.filter({ hasText: text }).first().waitFor();
	}

	/** Takes the first one that has this text, whatever else the list may show by then. */
	async pick(text: string): Promise<void> {
		await this.entries.filter({ hasText: text }).first().click();
		await this.entries.first().waitFor({ state: 'detached' });
	}

	/** Scrolls to the end of the open list, which makes it load more. */
	async loadMore(): Promise<void> {
		const count = await this.entries.count();
		await this.entries.last().scrollIntoViewIfNeeded();
		await this.entries.nth(count).waitFor();
	}
}
