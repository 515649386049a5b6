/** Of types whose second part is not the extension that people know. */
const EXTENSIONS = new Map(
	Object.entries({
		'application/gzip': 'gz',
		'application/javascript': 'js',
		'application/msword': 'doc',
		'application/vnd.ms-excel': 'xls',
		'application/vnd.ms-powerpoint': 'ppt',
		'application/vnd.oasis.opendocument.spreadsheet': 'ods',
		'application/vnd.oasis.opendocument.text': 'odt',
		'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
		'application/x-bzip': 'bz2',
		'application/x-bzip2': 'bz2',
		'application/x-gzip': 'gz',
		'application/x-zip-compressed': 'zip',
		'application/x-7z-compressed': '7z',
		'application/x-ndjson': 'ndjson',
		'application/zstd': 'zst',
		'audio/mpeg': 'mp3',
		'image/jpeg': 'jpg',
		'image/svg+xml': 'svg',
		'image/tiff': 'tif',
		'image/vnd.microsoft.icon': 'ico',
		'image/x-icon': 'ico',
		'message/rfc822': 'eml',
		'text/javascript': 'js',
		'text/markdown': 'md',
		'text/plain': 'txt',
		'text/tab-separated-values': 'tsv',
		'text/vcard': 'vcf',
		'text/x-python': 'py',
		'text/yaml': 'yaml',
	}),
);

/** Of these the extension before tells what is compressed: `tar.gz`. */
const COMPRESSED = /^(?:gz|bz2|xz|zst|zip)$/i;

/** The extension, with its period, that a file without a name has by its type; '' for none. */
export function extensionOf(file: { fileExtension?: string; mimeType?: string }): string {
	const parts = file.fileExtension?.split('.').filter(Boolean) ?? [];
	const given = parts.slice(COMPRESSED.test(parts.at(-1) ?? '') ? -2 : -1).join('.');
	const extension = given || byType(file.mimeType?.split(';')[0].trim().toLowerCase() ?? '');
	return extension && `.${extension}`;
}

/** `application/pdf`, `image/png`, `application/x-fastq`: most types are called like it. */
function byType(mimeType: string): string {
	const [, subtype] = /^[a-z]+\/(?:x-)?([a-z0-9]{2,6})$/.exec(mimeType) ?? [];
	return EXTENSIONS.get(mimeType) ?? (subtype === 'binary' ? '' : (subtype ?? ''));
}
