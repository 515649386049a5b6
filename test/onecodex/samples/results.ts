import rawResults from '../recorded/rawResults.json';
import recorded from '../recorded/results.json';
import type { StandInAnalysis } from './types';

type Row = Record<string, unknown>;

/** The columns that the description of today has and the older recordings lack. */
const today = (row: Row): Row => ({ abundance_w_children: row.abundance ?? null, ...row });
const table = (rows: Row[], more: Row = {}) => rows.map((row) => ({ ...more, ...today(row) }));

const classification = {
	...recorded.classification,
	table: table(recorded.classification.table),
};

/** What was recorded of each type; made up by the description where nothing was. */
const RESULTS: Record<string, unknown> = {
	...recorded,
	classification,
	panel: { panel_name: 'Panel', panel_results: {} },
	alignment: {
		assembly_id: '0123456789abcdef',
		average_coverage: 1.5,
		average_identity: 0.99,
		median_depth: 2,
		coverage: { binned_window_width: '100', binned_depths: [] },
	},
	control: {
		analysis_type: 'control',
		control_job: 'Control',
		false_positive_orgs: [],
		filename: 'control.fastq',
		metrics: {},
		product_code: '',
		true_positive_orgs: [],
	},
	report: {},
};

export const resultsOf = ({ type, results }: StandInAnalysis): unknown => results ?? RESULTS[type];

export const rawResultsOf = ({ rawResults: own }: StandInAnalysis): unknown =>
	own ?? { ...rawResults, table: table(rawResults.table, { n_kmers: 0, n_unique_kmers: 0 }) };
