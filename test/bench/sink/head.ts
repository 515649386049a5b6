import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The head of a request: what the stand-in's checks look at in Node's own. */
export type RequestHead = Required<
	Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>
>;

/** Node's own is larger; clients of S3 send much less. */
const MOST_BYTES = 32 * 1024;

/** Collects the bytes of a head, which may come in pieces. */
export class HeadCollector {
	private collected = Buffer.alloc(0);

	/** @returns the head and what came after it, once it is whole. @throws Error for what is none */
	add(chunk: Buffer): { head: RequestHead; rest: Buffer } | undefined {
		this.collected = Buffer.concat([this.collected, chunk]);
		const end = this.collected.indexOf('\r\n\r\n');
		if (end === -1) {
			if (this.collected.length > MOST_BYTES) throw new Error('The head of a request is too long');
			return undefined;
		}
		const head = parse(this.collected.toString('latin1', 0, end));
		const rest = this.collected.subarray(end + 4);
		this.collected = Buffer.alloc(0);
		return { head, rest };
	}
}

function parse(text: string): RequestHead {
	const [first, ...lines] = text.split('\r\n');
	const [, method, url] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(first) ?? [];
	if (!url) throw new Error(`"${first.slice(0, 80)}" is no request of HTTP/1.1`);
	const headers: IncomingHttpHeaders = {};
	const rawHeaders: string[] = [];
	for (const line of lines) {
		const [, name, value] = /^([^\s:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
		if (name === undefined) throw new Error(`"${line.slice(0, 80)}" is no header`);
		headers[name.toLowerCase()] = value;
		rawHeaders.push(name, value);
	}
	return { method, url, headers, rawHeaders };
}
