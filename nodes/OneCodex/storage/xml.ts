const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * The text of an element without children, '' where there is none. S3's short answers hold
 * nothing else, and the package may have no dependency, so no XML parser.
 */
export function xmlText(xml: string, element: string): string {
	const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml);
	return (found?.[1] ?? '').replace(/&(?:#(\d{1,5})|(\w+));/g, (entity, code, name) =>
		code ? String.fromCharCode(Number(code)) : (ENTITIES.get(name) ?? entity),
	);
}
