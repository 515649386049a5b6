/** A request over a connection of its own: one that is kept may be closed while the next is on its way. */
export const ask = async (
	url: string | URL,
	{ headers, ...init }: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Response> => await fetch(url, { ...init, headers: { ...headers, connection: 'close' } });
