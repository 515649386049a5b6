import { invalidArgument, malformed, notOneFile } from './errors';
import { HeadReader } from './headReader';
import { parsePartHeaders } from './partHeaders';

/** A form whose fields have been read and whose file is still to come. */
export interface PostForm {
	fields: Array<[string, string]>;
	filename?: string;
	/** The file's bytes; throws in place of ending where the form does not end as it should. */
	content: AsyncGenerator<Buffer, void>;
}

/**
 * Reads a form of multipart/form-data up to its file. Parsed here and not by a library, because the
 * libraries forgive what has to be refused: parts without a name, text beside the parts, a file
 * that is not last; and none tells how many bytes came before the file.
 *
 * @param fields takes the fields as they come, so that those of a refused form are known too.
 * @throws S3Error
 */
export async function openPostForm(
	chunks: AsyncIterator<Buffer>,
	boundary: string,
	fields: Array<[string, string]>,
): Promise<PostForm> {
	const head = new HeadReader(chunks);
	const delimiter = `\r\n--${boundary}`;
	if ((await head.take(delimiter.length - 2)).toString() !== `--${boundary}`) throw malformed();
	for (;;) {
		const lineEnd = (await head.take(2)).toString();
		if (lineEnd === '--') throw notOneFile('0');
		if (lineEnd !== '\r\n') throw malformed();
		const { name, filename } = parsePartHeaders(await head.until('\r\n\r\n'));
		if (name === 'file') {
			return { fields, filename, content: fileContent(head.rest(), chunks, delimiter) };
		}
		if (filename !== undefined) throw notOneFile('0');
		const value = (await head.until(delimiter)).toString('utf8');
		// S3 compares names without case here; the policy's conditions compare them exactly.
		const isRepeated = fields.some(([known]) => known.toLowerCase() === name.toLowerCase());
		fields.push([name, value]);
		if (isRepeated) {
			throw invalidArgument('POST form has more than one value for a field.', name, value);
		}
	}
}

async function* fileContent(
	received: Buffer,
	chunks: AsyncIterator<Buffer>,
	delimiter: string,
): AsyncGenerator<Buffer, void> {
	const closing = delimiter.length + 2;
	let held = received;
	for (;;) {
		const end = held.indexOf(delimiter);
		// The last bytes may be the beginning of a delimiter that the next chunk completes.
		const safe = end === -1 ? held.length - delimiter.length + 1 : end;
		if (safe > 0) {
			yield held.subarray(0, safe);
			held = held.subarray(safe);
		}
		if (end !== -1 && held.length >= closing) break;
		const { done, value } = await chunks.next();
		if (done) throw malformed();
		held = Buffer.concat([held, value]);
	}
	const tail = held.subarray(delimiter.length, closing).toString();
	if (tail === '\r\n') throw notOneFile('not the last part');
	if (tail !== '--') throw malformed();
	// Up to the Content-Length: a body that is cut short after its last boundary is incomplete too.
	while (!(await chunks.next()).done);
}
