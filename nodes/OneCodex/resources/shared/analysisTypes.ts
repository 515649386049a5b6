import type { INodePropertyOptions } from 'n8n-workflow';

/** The types of analyses that One Codex's API tells of; older ones had others, and newer ones may. */
export const ANALYSIS_TYPES: INodePropertyOptions[] = [
	{ name: 'Alignment', value: 'alignment' },
	{ name: 'Assembly', value: 'assembly_run' },
	{ name: 'Classification', value: 'classification' },
	{ name: 'Control', value: 'control' },
	{ name: 'Functional Profile', value: 'functional' },
	{ name: 'MLST', value: 'mlst' },
	{ name: 'Panel', value: 'panel' },
	{ name: 'Report', value: 'report' },
	{ name: 'Workflow', value: 'workflow' },
];
