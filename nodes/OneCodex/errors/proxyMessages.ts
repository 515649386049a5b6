import type { Message } from './messages';

interface ProxyMessage {
	/** In the error of n8n's HTTP client, which gives no code for these. */
	words: RegExp;
	means: Message;
	isTransient: boolean;
}

/** What n8n cannot do with the proxy that its environment names. */
export const PROXY_SAYS: ProxyMessage[] = [
	{
		words: /^Proxy connection ended before/,
		means: [
			'The proxy closed the connection',
			'Check the address in HTTPS_PROXY and HTTP_PROXY of n8n, and that the proxy is up.',
		],
		isTransient: true,
	},
	{
		words: /^URI malformed/,
		means: [
			'The log-in for the proxy cannot be read',
			'In HTTPS_PROXY and HTTP_PROXY of n8n, write a % in user or password as %25.',
		],
		isTransient: false,
	},
	// Addresses of our own are looked at before n8n gets them.
	{
		words: /^Invalid URL/,
		means: [
			'The address of the proxy is not a URL',
			'Set HTTPS_PROXY and HTTP_PROXY of n8n to http://proxy:port, and write signs such as #, / and ? in user or password as %23, %2F and %3F.',
		],
		isTransient: false,
	},
];
