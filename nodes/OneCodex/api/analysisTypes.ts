/** Under which name the API has the analyses of each type, beside the list of all. */
export const COLLECTION_OF_TYPE = {
	alignment: 'alignments',
	classification: 'classifications',
	control: 'controls',
	functional: 'functional_profiles',
	mlst: 'mlsts',
	panel: 'panels',
	report: 'reports',
	workflow: 'workflows',
};

/** What the addresses of an analysis may have before its ID. */
export const ANALYSIS_COLLECTIONS = ['analyses', ...Object.values(COLLECTION_OF_TYPE)];

/** The type whose list has such an address; undefined for that of all, and one that nobody knows yet. */
export function typeOfPath(path: string): string | undefined {
	const [collection] = path.split('/').slice(-2);
	return Object.entries(COLLECTION_OF_TYPE).find(([, each]) => each === collection)?.[0];
}

/** The list that has the analyses of a type alone, if the API has one. */
export function collectionOf(type: string): string | undefined {
	const collections: Record<string, string> = COLLECTION_OF_TYPE;
	return Object.hasOwn(collections, type) ? collections[type] : undefined;
}
