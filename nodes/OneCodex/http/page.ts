import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { headerOf } from './headers';

const BEGINS_AS_PAGE = /^\s*(?:<\?xml\b[^>]*>\s*)?<(?:!doctype\s+)?html\b/i;

/** What One Codex (JSON) and S3 (XML, or nothing) answer, whatever type a server gives it. */
const BEGINS_AS_DATA = /^\s*(?:[{[]|<\?xml\b|<\w*(?:Result|Response|Error)\b|$)/;

/** Whether an answer is a page for people, as what stands in between gives in place of an answer. */
export function isPage(headers: IN8nHttpFullResponse['headers'], text: string): boolean {
	const type = headerOf(headers, 'content-type') ?? '';
	return BEGINS_AS_PAGE.test(text) || (/html/i.test(type) && !BEGINS_AS_DATA.test(text));
}
