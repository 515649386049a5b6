/** Under which name the API has the runs of each type beside `/analyses`. */
export const COLLECTIONS: Record<string, string> = {
	alignment: 'alignments',
	classification: 'classifications',
	control: 'controls',
	functional: 'functional_profiles',
	mlst: 'mlsts',
	panel: 'panels',
	report: 'reports',
	workflow: 'workflows',
};

export const collectionsOf = (): string[] => Object.values(COLLECTIONS);
