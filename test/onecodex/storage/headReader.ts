import { malformed, S3Error } from './errors';

/** "The maximum size of the POST request's preceding data": S3 takes 20 KB before the file. */
const MAX_HEAD = 20 * 1024;

/** Reads what comes before the file's content, and never keeps more of the body than that. */
export class HeadReader {
	private buffer = Buffer.alloc(0);
	private consumed = 0;

	constructor(private readonly chunks: AsyncIterator<Buffer>) {}

	/** The next `length` bytes. */
	async take(length: number): Promise<Buffer> {
		while (this.buffer.length < length) await this.pull();
		return this.consume(length, 0);
	}

	/** The bytes up to a delimiter, which is read too. */
	async until(delimiter: string): Promise<Buffer> {
		let end: number;
		while ((end = this.buffer.indexOf(delimiter)) === -1) await this.pull();
		return this.consume(end, Buffer.byteLength(delimiter));
	}

	/** What has been received beyond what was read. */
	rest(): Buffer {
		return this.buffer;
	}

	/** @throws S3Error MalformedPOSTRequest when the body is at its end. */
	private async pull(): Promise<void> {
		if (this.consumed + this.buffer.length > MAX_HEAD) throw tooLong();
		const { done, value } = await this.chunks.next();
		if (done) throw malformed();
		this.buffer = Buffer.concat([this.buffer, value]);
	}

	private consume(length: number, skipped: number): Buffer {
		const taken = this.buffer.subarray(0, length);
		this.buffer = this.buffer.subarray(length + skipped);
		this.consumed += length + skipped;
		if (this.consumed > MAX_HEAD) throw tooLong();
		return taken;
	}
}

const tooLong = (): S3Error =>
	new S3Error(
		'MaxPostPreDataLengthExceeded',
		'Your POST request fields preceding the upload file were too large.',
		{ MaxPostPreDataLengthBytes: String(MAX_HEAD) },
	);
