import answers from '../../onecodex/recorded/answers.json';
import rawResults from '../../onecodex/recorded/rawResults.json';
import results from '../../onecodex/recorded/results.json';
import type { StandInAnalysis } from '../../onecodex';
import { rawResultsOf, resultsOf } from '../../onecodex/samples/results';
import { answerProblem } from '../../onecodex/openapi/check';

type Json = Record<string, unknown>;

/** What was recorded and the description of 2026 does not have, by route; each with what it is today. */
const DIFFERENCES: Record<string, (answer: Json) => Json> = {
	// Older, without a zone; what was asked of an account's payments is gone.
	'GET /api/v1/account': ({ confirmed_at, created_at, email, user }) => ({
		confirmed_at: `${String(confirmed_at)}Z`,
		created_at,
		email,
		user,
	}),
	'GET /api/v1/users': ({ $uri, email }) => ({ $uri, email }),
	'GET /api/v1/documents': ({ $uri, created_at, downloaders, filename, size, uploader }) => ({
		$uri,
		created_at,
		downloaders,
		filename,
		size,
		uploader,
	}),
	'GET /api/v1/jobs': (job) => ({ ...job, job_args_schema: {} }),
	// Expanded in it is a job as above.
	'GET /api/v1/analyses/public': (analysis) => ({
		...analysis,
		job: { ...(analysis.job as Json), job_args_schema: {} },
	}),
	'GET /api/v1/analyses': (analysis) => ({
		...analysis,
		// A type that is not exposed any more.
		analysis_type: analysis.analysis_type === 'typing' ? 'mlst' : analysis.analysis_type,
	}),
	'GET /api/v1/alignments': (analysis) =>
		Object.fromEntries(Object.entries(analysis).filter(([name]) => name !== 'tax_id')),
	'POST /api/v1/samples/init_multipart_upload': (answer) => ({ ...answer, sample_id: '' }),
	'POST /api/v1/samples/:id/download_uri': (answer) => ({ ...answer, expires_in_hours: 24 }),
};

const problemOf = (name: string, body: unknown): string | undefined => {
	const [method, path] = name.split(' ');
	return answerProblem({ method, path }, { status: 200, body });
};

test.each(Object.entries(answers as Record<string, Json | Json[]>))(
	'%s: what was recorded is what the description says, or differs as is known',
	(name, answer) => {
		const change = DIFFERENCES[name];
		if (!change) {
			expect(problemOf(name, answer)).toBeUndefined();
			return;
		}
		expect(problemOf(name, answer)).toBeDefined();
		const today = Array.isArray(answer) ? answer.map(change) : change(answer);
		expect(problemOf(name, today)).toBeUndefined();
	},
);

const analysis = (type: string) => ({ type }) as StandInAnalysis;

test.each([
	['functional_profiles', results.functional],
	['mlsts', results.mlst],
	['workflows', results.workflow],
	['analyses', results.classification],
	['classifications', resultsOf(analysis('classification'))],
	['panels', resultsOf(analysis('panel'))],
	['alignments', resultsOf(analysis('alignment'))],
	['controls', resultsOf(analysis('control'))],
	['reports', resultsOf(analysis('report'))],
])('results of %s', (collection, body) => {
	expect(problemOf(`GET /api/v1/${collection}/:id/results`, body)).toBeUndefined();
});

test('the older tables lack columns of today, which the stand-in adds', () => {
	const name = 'GET /api/v1/classifications/:id/raw_results';
	expect(problemOf('GET /api/v1/classifications/:id/results', results.classification)).toContain(
		'abundance_w_children',
	);
	expect(problemOf(name, rawResults)).toBeDefined();
	const today = rawResultsOf(analysis('classification')) as { table: Json[] };
	expect(problemOf(name, today)).toBeUndefined();
	const table = [{ ...today.table[0], readcount: -1 }];
	expect(problemOf(name, { ...today, table })).toContain('table.0.readcount');
});
