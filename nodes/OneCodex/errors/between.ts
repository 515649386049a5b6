import { BETWEEN_ADVICE, type Message } from './messages';

/**
 * What a status means where it comes neither from One Codex nor from the storage, but from what
 * stands between: a proxy, a firewall, a gateway, the log-in page of a network. By the host that
 * was asked.
 */
export type BetweenMessage = (host: string) => Message;

/** What it means for one kind of request. */
export interface BetweenMessages {
	statuses: Record<number, BetweenMessage>;
	redirected(host: string, place: string): Message;
}

const REFUSED: BetweenMessage = (host) => [
	`Something between n8n and ${host} refused the request`,
	`A proxy or a firewall does not let n8n through. Ask whoever runs it to allow ${host}.`,
];

const NO_WAY: BetweenMessage = (host) => [
	`A gateway between n8n and ${host} could not pass the request on`,
	'Run it again a little later. If it stays so, ask whoever runs the network or the proxy.',
];

export const BETWEEN: Record<number, BetweenMessage> = {
	401: (host) => [
		`Something between n8n and ${host} wants a log-in`,
		'A gateway asks for a password of its own. Ask whoever runs it to let n8n through, or check the address.',
	],
	403: REFUSED,
	407: (host) => [
		`The proxy between n8n and ${host} wants a log-in`,
		'Set HTTPS_PROXY and HTTP_PROXY of n8n to http://user:password@proxy:port, with signs such as @ and : in user or password written as %40 and %3A.',
	],
	408: (host) => [
		`Something between n8n and ${host} waited too long for the request`,
		'Check the network. On a slow one, have its time limit raised.',
	],
	413: (host) => [
		`Something between n8n and ${host} takes no request of this size`,
		'Use Upload Document with Transfer at Multipart Upload, whose requests are smaller, or have its limit raised.',
	],
	429: (host) => [
		`Something between n8n and ${host} is getting too many requests`,
		'Wait a little, or have its limit raised.',
	],
	451: REFUSED,
	500: NO_WAY,
	502: NO_WAY,
	503: NO_WAY,
	504: NO_WAY,
	511: (host) => [
		`The network wants a log-in before n8n can reach ${host}`,
		'Log in to the network on the machine that runs n8n, in a browser, then run it again.',
	],
};

/** Where a part, or a whole file that is no larger, was refused for its size. */
export const PART_TOO_LARGE: BetweenMessage = (host) => [
	BETWEEN[413](host)[0],
	'Parts have 16 MiB: ask whoever runs it to raise its limit to that or more.',
];

/** A status that asks for another address: the host that was asked, and where to ask. */
export const REDIRECTED = (host: string, place: string): Message => [
	`The request for ${host} was redirected to ${place}`,
	'It is not followed, for the API key would go along. If that is the log-in page of a network, log in there or have n8n let through. Else enter the address at which One Codex itself answers.',
];

/** The same of the storage, which never gets the API key. */
export const STORAGE_REDIRECTED = (host: string, place: string): Message => [
	`The request for the storage at ${host} was redirected to ${place}`,
	`It is not followed, for that would be another request. If that is the log-in page of a network, log in there or have n8n let through. Else: ${BETWEEN_ADVICE}`,
];

export const FOR_API: BetweenMessages = { statuses: BETWEEN, redirected: REDIRECTED };
export const FOR_STORAGE: BetweenMessages = { statuses: BETWEEN, redirected: STORAGE_REDIRECTED };
export const FOR_PARTS: BetweenMessages = {
	statuses: { ...BETWEEN, 413: PART_TOO_LARGE },
	redirected: STORAGE_REDIRECTED,
};

/** A success that is none: a page for people, in place of an answer. */
export const PAGE: BetweenMessage = (host) => [
	`Something between n8n and ${host} answered with a page`,
	'It may be the log-in page of a network or a gateway: log in there, or have n8n let through. Else check the Base URL and the S3 Endpoint of the credential.',
];

/** Any other status. */
export const NOT_EXPECTED = (host: string, status: number): Message => [
	`Something else than expected answered for ${host}, with status ${status}`,
	'Check the address, and for a proxy in between.',
];
