/**
 * What a picker is to look for: '' for all that there is, undefined where no name has such a text as a
 * part.
 *
 * @param toPart makes of a text what it would be in a name
 */
export function typedPart(
	typed: string | undefined,
	toPart: (text: string) => string | undefined,
): string | undefined {
	return typed?.trim() ? toPart(typed) || undefined : '';
}
