import type { OutputFile } from '../../api/answers/outputFiles';
import { OneCodexError } from '../../errors/oneCodexError';

const EVERY = '*';

/** More names than anybody reads in an error. */
const MOST_NAMES = 20;

/**
 * The files whose names are wanted, in the order of the list. A pattern with a slash in it is one of
 * a path.
 *
 * @param patterns names, with `*` for any signs and `?` for one
 * @throws OneCodexError (input) for a pattern that no file has, but for that of all
 */
export function chooseFiles(files: OutputFile[], patterns: string[]): OutputFile[] {
	const tests = patterns.map((pattern) => {
		const wanted = patternOf(pattern.replace(/^\/+/, ''));
		const matches = ({ filename, filepath }: OutputFile) =>
			wanted.test(pattern.includes('/') ? filepath.replace(/^\/+/, '') : filename);
		if (pattern !== EVERY && !files.some(matches)) throw noneIsCalled(pattern, files);
		return matches;
	});
	return files.filter((file) => tests.some((matches) => matches(file)));
}

function patternOf(pattern: string): RegExp {
	const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`^${literal.replace(/\*+/g, '.*').replace(/\?/g, '.')}$`, 's');
}

function noneIsCalled(pattern: string, files: OutputFile[]): OneCodexError {
	const names = files.slice(0, MOST_NAMES).map(({ filepath }) => filepath);
	const more = files.length > MOST_NAMES ? ` and ${files.length - MOST_NAMES} more` : '';
	return new OneCodexError('input', `The analysis has no file called "${pattern}"`, {
		description: names.length
			? `It has: ${names.join(', ')}${more}. In File Names, * stands for any signs.`
			: 'It has no files at all.',
	});
}

/**
 * What each file is to be called in n8n: as it is called in One Codex, and with its folders where
 * several are called the same. What leads out of a folder is left out of a path.
 */
export function fileNamesOf(files: OutputFile[]): Map<OutputFile, string> {
	const paths = new Map(files.map((file) => [file, stepsOf(file.filepath)]));
	const counts = new Map<string, number>();
	const nameOf = (file: OutputFile) =>
		stepsOf(file.filename).at(-1) ?? paths.get(file)?.at(-1) ?? 'file';
	for (const file of files) counts.set(nameOf(file), (counts.get(nameOf(file)) ?? 0) + 1);
	return new Map(
		files.map((file) => {
			const isAlone = counts.get(nameOf(file)) === 1;
			return [file, isAlone ? nameOf(file) : (paths.get(file) ?? []).join('/') || nameOf(file)];
		}),
	);
}

const stepsOf = (path: string): string[] =>
	path.split(/[\\/]+/).filter((step) => !['', '.', '..'].includes(step));
