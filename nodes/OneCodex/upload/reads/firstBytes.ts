import { OneCodexError } from '../../errors/oneCodexError';
import type { FileBytes } from '../../binary/binaryFile';

/** What files of reads begin with: FASTQ's @, FASTA's >, gzip (RFC 1952), bzip2. */
const BEGINNINGS = [[0x40], [0x3e], [0x1f, 0x8b], [0x42, 0x5a, 0x68]];

/** What else arrives under such a name, by what it begins with. */
const KNOWN: Array<[RegExp, string]> = [
	[/^\s*<(!doctype|html|head|body)/i, 'a web page'],
	[/^\s*<\?xml/i, 'XML'],
	[/^\s*[{[]/, 'JSON'],
	[/^%PDF/, 'a PDF'],
	[/^PK/, 'a ZIP archive'],
];

/** Bytes that are looked at. */
const LOOKED_AT = 64;

/**
 * Makes sure that a file begins as reads do. A page that says "log in" saved as reads.fastq.gz
 * would be refused by One Codex only once all of it is there.
 *
 * @throws OneCodexError (input)
 */
export async function checkFirstBytes(file: Pick<FileBytes, 'read'>, name: string): Promise<void> {
	const first = await firstBytesOf(file);
	if (BEGINNINGS.some((bytes) => bytes.every((byte, index) => first[index] === byte))) return;
	const text = Buffer.from(first).toString('latin1');
	const kind = KNOWN.find(([pattern]) => pattern.test(text))?.[1];
	throw new OneCodexError('input', `"${name}" has no reads in it${kind ? `, but ${kind}` : ''}`, {
		description:
			'FASTQ begins with @, FASTA with >, and compressed files as gzip or bzip2 do. Look at what the step before this one gave.',
	});
}

async function firstBytesOf(file: Pick<FileBytes, 'read'>): Promise<Uint8Array> {
	let first: Uint8Array = new Uint8Array();
	for await (const chunk of file.read()) {
		first = Buffer.concat([first, chunk.subarray(0, LOOKED_AT - first.length)]);
		if (first.length >= LOOKED_AT) break;
	}
	return first;
}
