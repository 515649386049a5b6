/** What happened, and how to mend it. docs/errors.md has a row for each; a test compares them. */
export type Message = [message: string, description: string];

/** A row of a table, and nothing that all objects have: the code may be any text of a server. */
export function meaning(
	table: Record<string, Message>,
	code: string | number,
): Message | undefined {
	return Object.hasOwn(table, code) ? table[code] : undefined;
}

const AGAIN = 'Run it again a little later.';
const UNCHANGED = 'Use the upload URL and the fields as Init Upload gave them, unchanged.';

/** Statuses of One Codex. */
export const API_STATUS: Record<number, Message> = {
	400: ['One Codex did not accept the request', 'Check the fields of this node.'],
	401: [
		'One Codex does not know this API key',
		'Copy the key again from your One Codex settings into the credential.',
	],
	402: [
		'One Codex asks for a payment method or another plan',
		'Check the plan of your One Codex account.',
	],
	403: ['One Codex does not allow this', 'Ask whoever owns it, or owns the account.'],
	404: [
		'One Codex does not know this, or you may not see it',
		'Check the ID, and that the API key belongs to the right account.',
	],
	409: ['One Codex has this done already, or otherwise', 'Look at it in One Codex.'],
	413: ['The request is too large for One Codex', 'Check the fields of this node.'],
	429: [
		'One Codex is getting too many requests with this API key',
		'Something else uses the same key. Wait a little, or use a key of its own.',
	],
	500: ['One Codex has a problem', AGAIN],
	502: ['One Codex cannot be reached behind its gateway', AGAIN],
	503: ['One Codex is not available', AGAIN],
	504: ['One Codex did not answer its gateway in time', AGAIN],
};

/** Codes of S3, in the `Code` of its answer. */
export const STORAGE_CODE: Record<string, Message> = {
	AccessDenied: ['The storage refused the upload', UNCHANGED],
	BadDigest: ['The storage got other bytes than were sent', 'Check the network. ' + AGAIN],
	EntityTooLarge: [
		'The file is larger than its upload allows',
		'The size given to Init Upload must be the size of the file; one upload carries 5 GB at most.',
	],
	EntityTooSmall: [
		'The file is smaller than its upload allows',
		'The size given to Init Upload must be the size of the file.',
	],
	ExpiredToken: [
		'The permission to upload has expired',
		'Run Init Upload again, and Upload File soon after it.',
	],
	IncompleteBody: ['The storage got only a part of the file', AGAIN],
	InternalError: ['The storage has a problem', AGAIN],
	InvalidAccessKeyId: ['The storage refused the upload: its fields were changed', UNCHANGED],
	NoSuchBucket: ['The storage does not know the bucket', UNCHANGED],
	RequestTimeout: ['The storage waited too long for the file', 'Check the network. ' + AGAIN],
	RequestTimeTooSkewed: [
		'The clock of this machine differs from that of the storage',
		'Set the clock of the machine that runs n8n.',
	],
	ServiceUnavailable: ['The storage is not available', AGAIN],
	SignatureDoesNotMatch: ['The storage refused the upload: its fields were changed', UNCHANGED],
	SlowDown: ['The storage is busy', AGAIN],
	XAmzContentSHA256Mismatch: [
		'The storage got other bytes than were sent',
		'Check the network. ' + AGAIN,
	],
};

/** Of a file that is another one in the middle of its download. */
export const CHANGED: Message = [
	'The file was changed while it was read',
	'Run it again to have the file as it is now.',
];

export const BETWEEN_ADVICE = 'Check for a proxy or a gateway in between.';

/** Those of them that mean something else for a download. */
export const DOWNLOAD_CODE: Record<string, Message> = {
	AccessDenied: [
		'The storage refused the download',
		'The link may have expired. Run it again for a new one.',
	],
	InvalidRange: ['The file is shorter than One Codex says', 'Look at it in One Codex.'],
	NoSuchKey: ['The file is not in its place', 'One Codex may still be moving it. ' + AGAIN],
	PreconditionFailed: CHANGED,
	SignatureDoesNotMatch: [
		'The storage refused the download: its link was changed',
		'Check for a proxy in between.',
	],
};

/** Codes of Node.js for a request that got no answer. */
export const NETWORK_CODE: Record<string, Message> = {
	CERT_HAS_EXPIRED: [
		'The certificate of the server has expired',
		'Whoever runs the server has to renew it. Check the clock of this machine too.',
	],
	EAI_AGAIN: ['The host name could not be looked up', 'Check the name service (DNS).'],
	ECONNABORTED: ['No answer in time', 'Check the network, then run it again.'],
	ECONNREFUSED: [
		'Nothing answers there',
		'Check the address, and that the service is up. Where n8n goes through a proxy, check that it is up.',
	],
	ECONNRESET: ['The connection was closed early', 'Check the network, then run it again.'],
	EHOSTUNREACH: ['There is no way to the host', 'Check the network and the firewall.'],
	ENETUNREACH: ['There is no way to the network', 'Check the network and the firewall.'],
	ENOTFOUND: ['The host name is not known', 'Check the address, and the name service (DNS).'],
	EPROTO: [
		'What answers there does not speak https',
		'Check the address: its port, and http or https.',
	],
	EPIPE: ['The connection was closed early', 'Check the network, then run it again.'],
	ERR_BAD_RESPONSE: ['The answer broke off', 'Check the network, then run it again.'],
	ERR_CANCELED: ['The execution was stopped', 'Run it again.'],
	ERR_STREAM_PREMATURE_CLOSE: ['The answer broke off', 'Check the network, then run it again.'],
	ETIMEDOUT: ['No answer in time', 'Check the network, then run it again.'],
	Z_BUF_ERROR: ['The answer broke off', 'Check the network, then run it again.'],
};

/** Where n8n keeps binary data, and has a file in memory as a whole. */
export const STORE_LIMIT = {
	database: [
		'n8n keeps the file in its database, and cannot read one of 256 MiB or more from PostgreSQL',
		'Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem, with a folder that main and all workers share, or to s3.',
	],
	memory: [
		'n8n keeps the file in memory, and cannot hold one of 384 MiB or more',
		'Set N8N_DEFAULT_BINARY_DATA_MODE to filesystem.',
	],
} satisfies Record<string, Message>;

/** What n8n's binary store refused, in its own words after these. */
export const NOT_KEPT: Message = [
	'n8n could not keep the file',
	'Check where n8n keeps binary data (N8N_DEFAULT_BINARY_DATA_MODE), and how large a file may be there.',
];

/** Any other code of Node.js that speaks of certificates or TLS. */
export const NOT_TRUSTED: Message = [
	'The server cannot be trusted: its certificate or its TLS is not valid',
	'Check the address. Behind a proxy that opens connections, n8n needs its certificate (NODE_EXTRA_CA_CERTS).',
];

export const POLICY_EXPIRED: Message = [
	'The permission to upload has expired',
	'Run Init Upload again, and Upload File soon after it.',
];
