import { malformed } from './errors';

/** What a part of a form says of itself. */
export interface PartHeaders {
	name: string;
	/** As sent, with any path. */
	filename?: string;
}

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)$/;
const PARAMETER = /;[ \t]*([A-Za-z0-9*_-]+)=(?:"((?:\\"|[^"])*)"|([^\s";]+))[ \t]*/y;

/** The parameters of a header's value; quoted ones keep their backslashes, for paths of Windows. */
function parameters(value: string, start: number): Map<string, string> {
	const found = new Map<string, string>();
	PARAMETER.lastIndex = start;
	while (PARAMETER.lastIndex < value.length) {
		const match = PARAMETER.exec(value);
		if (!match) throw malformed();
		const [, name, quoted, bare] = match;
		found.set(name.toLowerCase(), quoted?.replaceAll('\\"', '"') ?? bare);
	}
	return found;
}

/**
 * Reads the header block of a part. `filename*` does not count: RFC 7578, 4.2, forbids it in forms.
 *
 * @throws S3Error MalformedPOSTRequest without exactly one Content-Disposition of form-data, named.
 */
export function parsePartHeaders(block: Buffer): PartHeaders {
	const dispositions: string[] = [];
	for (const line of block.toString('utf8').split('\r\n')) {
		const match = HEADER.exec(line);
		if (!match) throw malformed();
		if (match[1].toLowerCase() === 'content-disposition') dispositions.push(match[2]);
	}
	const type = /^form-data[ \t]*(?=;)/i.exec(dispositions[0] ?? '');
	if (!type || dispositions.length !== 1) throw malformed();
	const found = parameters(dispositions[0], type[0].length);
	const name = found.get('name');
	if (!name) throw malformed();
	return { name, filename: found.get('filename') };
}

/**
 * The boundary in a Content-Type of multipart/form-data (RFC 2046, 5.1.1).
 *
 * @throws S3Error MalformedPOSTRequest when it has none, or one that is not allowed.
 */
export function boundaryOf(contentType: string): string {
	const semicolon = contentType.indexOf(';');
	if (semicolon === -1) throw malformed();
	const boundary = parameters(contentType, semicolon).get('boundary') ?? '';
	if (!/^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/.test(boundary)) {
		throw malformed();
	}
	return boundary;
}
