const UNITS: Record<string, number> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 };

export interface Size {
	label: string;
	bytes: number;
}

/** A decimal size as people write it: 10KB, 1GB. @throws Error for anything else */
export function size(text: string): Size {
	const [, number, unit] = /^(\d+)\s*([KMG]?B)$/i.exec(text.trim()) ?? [];
	if (!unit) throw new Error(`"${text}" is not a size such as 10KB, 100MB or 1GB`);
	const label = `${number}${unit.toUpperCase()}`;
	return { label, bytes: Number(number) * UNITS[unit.toUpperCase()] };
}

/** As in text: with a space before the unit. */
export const inWords = ({ label }: Size): string => label.replace(/(\d)(?=[KMG]?B$)/, '$1 ');
