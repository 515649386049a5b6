/** What One Codex takes in a file name (its API, init_upload). */
const NOT_TAKEN = /[^A-Za-z0-9._-]+/gu;

/** One or two short endings: `.pdf`, `.tar.gz`. */
const EXTENSION = /(?:\.[A-Za-z0-9]{1,10}){1,2}$/;

/** Most file systems' limit; an S3 key has room for it beside One Codex's prefix. */
const LONGEST = 255;

/** Letters that Unicode does not take apart into a base letter and marks. */
const LETTERS = new Map(
	Object.entries({
		ß: 'ss',
		ẞ: 'SS',
		æ: 'ae',
		Æ: 'AE',
		œ: 'oe',
		Œ: 'OE',
		ø: 'o',
		Ø: 'O',
		ł: 'l',
		Ł: 'L',
		đ: 'd',
		Đ: 'D',
		ð: 'd',
		Ð: 'D',
		þ: 'th',
		Þ: 'Th',
		ı: 'i',
		ħ: 'h',
		Ħ: 'H',
		ŋ: 'ng',
		'–': '-',
		'—': '-',
		'−': '-',
		'‐': '-',
		'‑': '-',
		// Greek, ISO 843; the sign for micro becomes μ when it is taken apart.
		α: 'a',
		β: 'b',
		γ: 'g',
		δ: 'd',
		ε: 'e',
		ζ: 'z',
		η: 'i',
		θ: 'th',
		ι: 'i',
		κ: 'k',
		λ: 'l',
		μ: 'u',
		ν: 'n',
		ξ: 'x',
		ο: 'o',
		π: 'p',
		ρ: 'r',
		σ: 's',
		ς: 's',
		τ: 't',
		υ: 'y',
		φ: 'f',
		χ: 'ch',
		ψ: 'ps',
		ω: 'o',
		// Cyrillic, the common letters of BGN/PCGN.
		а: 'a',
		б: 'b',
		в: 'v',
		г: 'g',
		ґ: 'g',
		д: 'd',
		е: 'e',
		є: 'ye',
		ж: 'zh',
		з: 'z',
		и: 'i',
		і: 'i',
		к: 'k',
		л: 'l',
		м: 'm',
		н: 'n',
		о: 'o',
		п: 'p',
		р: 'r',
		с: 's',
		т: 't',
		у: 'u',
		ф: 'f',
		х: 'kh',
		ц: 'ts',
		ч: 'ch',
		ш: 'sh',
		щ: 'shch',
		ъ: '',
		ы: 'y',
		ь: '',
		э: 'e',
		ю: 'yu',
		я: 'ya',
		ђ: 'dj',
		ј: 'j',
		љ: 'lj',
		њ: 'nj',
		ћ: 'c',
		џ: 'dz',
	}),
);

/**
 * The name under which a file goes into One Codex: letters, digits, dash, underscore and period.
 * A name that One Codex takes stays as it is. Of another, letters are transliterated and what has
 * no counterpart becomes `_`; the extension stays; a name of which nothing is left becomes
 * `document` plus extension.
 */
export function toFileName(original: string): string {
	const taken = transliterate(original).replace(NOT_TAKEN, '_');
	const extension = EXTENSION.exec(taken)?.[0] ?? '';
	const whole = taken.slice(0, taken.length - extension.length);
	// An underscore at the edge says nothing where a quote or an emoji stood.
	const stem = taken === original ? whole : whole.replace(/^_+|_+$/g, '');
	// `.gitignore` is all extension; it is a name all the same, and one that is taken.
	if (!/[A-Za-z0-9]/.test(stem) && !(taken === original && extension)) {
		return `document${extension}`;
	}
	return stem.slice(0, LONGEST - extension.length) + extension;
}

function transliterate(text: string): string {
	const parts = text.normalize('NFKD').replace(/\p{Mark}+/gu, '');
	return Array.from(parts, (letter) => LETTERS.get(letter) ?? upperCase(letter) ?? letter).join('');
}

/** A capital whose small letter is in the table: `Щ` as `Shch`. */
function upperCase(letter: string): string | undefined {
	const small = LETTERS.get(letter.toLowerCase());
	return small === undefined ? undefined : small.charAt(0).toUpperCase() + small.slice(1);
}

/**
 * The name for a file: the one that the user gave, else the one that the file brings, else
 * `document` with the file's extension.
 */
export function fileNameOf(
	file: { originalName?: string; fileExtension?: string },
	given: unknown,
): string {
	const name = typeof given === 'string' ? given.trim() : '';
	const fallback = file.fileExtension ? `.${file.fileExtension}` : '';
	return toFileName(name || (file.originalName ?? `document${fallback}`));
}
