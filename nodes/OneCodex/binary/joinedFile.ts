import { readAsDeclared, type FileBytes } from './binaryFile';

/** Several files as one, one after the other: nothing is joined in memory or on disk. */
export function joined(files: FileBytes[]): FileBytes {
	return {
		size: files.reduce((sum, { size }) => sum + size, 0),
		async *read() {
			// Each must have its own size: what one lacks and the next has too much would not show.
			for (const file of files) yield* readAsDeclared(file);
		},
	};
}
