import type { INodeListSearchItems } from 'n8n-workflow';

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

interface Entry {
	name: string;
	/** Bytes. */
	size: number | null;
	/** RFC 3339. */
	created_at: string;
	id: string;
}

/** A file in a picker. The list shows names alone, so size and date are in the name. */
export function fileEntry({ name, size, created_at, id }: Entry): INodeListSearchItems {
	return { name: `${name} (${sizeText(size)}, ${created_at.slice(0, 10)})`, value: id };
}

function sizeText(size: number | null): string {
	if (size === null) return 'size not known';
	const unit = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
	return `${Number((size / 1_000 ** unit).toPrecision(3))} ${UNITS[unit]}`;
}
