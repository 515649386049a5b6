import { isText, objectOf, unexpected } from './shape';

/** A file that an analysis wrote, as GET /analyses/<id>/file_details answers it. */
export interface OutputFile {
	filename: string;
	/** With its folders. */
	filepath: string;
	/** Bytes. */
	size: number;
	/** Signed: whoever has it has the file. */
	url: string;
}

/** @throws OneCodexError (service) when the answer has not the shape that the API documents */
export function outputFilesAnswer(answer: unknown): OutputFile[] {
	const { files } = objectOf(answer);
	if (!Array.isArray(files)) throw unexpected('file_details', 'files');
	return files.map((file) => {
		const { filename, filepath, size, url } = objectOf(file);
		if (!isText(filename) || !isText(filepath) || !isText(url) || !isSize(size)) {
			throw unexpected('file_details', 'filename, filepath, size and url');
		}
		return { filename, filepath, size, url };
	});
}

const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && Number(size) >= 0;
