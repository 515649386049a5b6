import type { IncomingHttpHeaders } from 'node:http';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/** The user name of HTTP Basic with an empty password; anything else in the header names no key. */
function basicUser(authorization: string): string {
	const encoded = BASIC.exec(authorization)?.[1];
	if (!encoded) return '';
	const credentials = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = credentials.indexOf(':');
	return colon === credentials.length - 1 ? credentials.slice(0, colon) : '';
}

/**
 * The API key that a request presents, by HTTP Basic or by `X-API-Key` (the API's description calls
 * them equivalent); empty where there is none, it is malformed, or the two do not agree.
 */
export function presentedKey(headers: IncomingHttpHeaders): string {
	const { authorization, 'x-api-key': header } = headers;
	const keys = [
		...(authorization === undefined ? [] : [basicUser(authorization)]),
		...(header === undefined ? [] : [String(header)]),
	];
	return new Set(keys).size === 1 ? keys[0] : '';
}
