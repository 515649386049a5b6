import { S3Error } from './errors';

/** A part as CompleteMultipartUpload names it. */
export interface ListedPart {
	number: number;
	/** Without quotes. */
	etag: string;
}

const MAX_PARTS = 10_000;
const CHECKSUM = /^Checksum[A-Z0-9]+$/;
const ENTITIES: Record<string, string> = {
	'&quot;': '"',
	'&#34;': '"',
	'&#x22;': '"',
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&apos;': "'",
};

const malformed = (): S3Error =>
	new S3Error(
		'MalformedXML',
		'The XML you provided was not well-formed or did not validate against our published schema',
	);

function unescape(text: string): string {
	return text.replace(/&[^;]*;?/g, (entity) => {
		if (!Object.hasOwn(ENTITIES, entity)) throw malformed();
		return ENTITIES[entity];
	});
}

/** What stands in `content` as `<name>text</name>`, one after the other and nothing else. */
function children(content: string, element: RegExp): Array<[name: string, content: string]> {
	const found = [...content.matchAll(element)];
	const rest = content.replace(element, '');
	if (rest.trim() !== '') throw malformed();
	return found.map(([, name, text]) => [name, text]);
}

function readPart(content: string): ListedPart {
	const fields = children(content, /<(\w+)>([^<>]*)<\/\1\s*>/g);
	const values = new Map(fields);
	const isKnown = (name: string): boolean =>
		name === 'PartNumber' || name === 'ETag' || CHECKSUM.test(name);
	if (values.size !== fields.length || ![...values.keys()].every(isKnown)) throw malformed();
	const number = values.get('PartNumber')?.trim() ?? '';
	const etag = unescape(values.get('ETag') ?? '').trim();
	if (!/^\d{1,9}$/.test(number) || etag === '') throw malformed();
	return { number: Number(number), etag: etag.replace(/^"(.*)"$/, '$1') };
}

/**
 * Reads the body of CompleteMultipartUpload. Not by a general parser: the document has one shape, and
 * whatever has another one is to be refused.
 *
 * @throws S3Error MalformedXML, also for no part and for more than 10,000; InvalidPartOrder unless
 * their numbers ascend.
 */
export function parseCompleteRequest(body: Buffer): ListedPart[] {
	const document =
		/^\s*(?:<\?xml[^<>]*\?>)?\s*<CompleteMultipartUpload(?:\s+xmlns="http:\/\/s3\.amazonaws\.com\/doc\/2006-03-01\/")?\s*>(.*)<\/CompleteMultipartUpload\s*>\s*$/s.exec(
			body.toString('utf8'),
		);
	if (!document) throw malformed();
	const parts = children(
		document[1],
		/<(Part)>((?:\s*<(\w+)>[^<>]*<\/\3\s*>)*)\s*<\/Part\s*>/g,
	).map(([, content]) => readPart(content));
	if (parts.length === 0 || parts.length > MAX_PARTS) throw malformed();
	if (parts.some(({ number }, index) => index > 0 && number <= parts[index - 1].number)) {
		throw new S3Error(
			'InvalidPartOrder',
			'The list of parts was not in ascending order. Parts must be ordered by part number.',
		);
	}
	return parts;
}
