import type { IDataObject, INodeParameters } from 'n8n-workflow';

import recorded from '../../onecodex/recorded/answers.json';
import { closedAfterTest } from '../closing';
import { run } from '../engine';
import { answer, startFront } from '../front';

const SAMPLES: IDataObject[] = recorded['GET /api/v1/samples'];
const METADATA: IDataObject[] = recorded['GET /api/v1/metadata'];
const API_KEY = 'recorded-0123456789';

/** As `expand=all` gives them: each reference as what it names. */
const expanded = (sample: IDataObject): IDataObject =>
	JSON.parse(JSON.stringify(sample), (_, value: IDataObject) =>
		value && typeof value.$ref === 'string'
			? (METADATA.find(({ $uri }) => $uri === value.$ref) ?? { $uri: value.$ref })
			: value,
	) as IDataObject;

/** One Codex, as it answered when it was recorded. */
async function startRecorded(shape: (sample: IDataObject) => IDataObject) {
	const paths: string[] = [];
	const samples = SAMPLES.map(shape);
	const front = await startFront('http://127.0.0.1:9', ({ url, method }, response) => {
		const { pathname, searchParams } = new URL(url ?? '/', 'http://recorded');
		paths.push(pathname);
		if (method === 'PATCH') return answer(response, 200, recorded['PATCH /api/v1/samples/:id']);
		if (pathname === '/api/v1/samples') return answer(response, 200, samples);
		if (pathname === '/api/v1/samples/organization') {
			return answer(response, 200, recorded['GET /api/v1/samples/organization']);
		}
		if (pathname === '/api/v1/metadata') {
			const { $uri } = JSON.parse(searchParams.get('where')!) as { $uri: { $in: string[] } };
			const asked = METADATA.filter((record) => $uri.$in.includes(String(record.$uri)));
			return answer(response, 200, asked);
		}
		const one = [...samples, ...METADATA].find((each) => each.$uri === pathname);
		return answer(response, one ? 200 : 404, one ?? { message: 'Not found', status: 404 });
	});
	return { paths, credentials: { apiKey: API_KEY, baseUrl: closedAfterTest(front).baseUrl } };
}

const idOf = (uri: unknown) => String(uri).split('/').at(-1);
const metadataOf = ({ metadata }: IDataObject) =>
	METADATA.find(({ $uri }) => $uri === (metadata as IDataObject).$ref);

describe.each([
	['as they were recorded', (sample: IDataObject) => sample],
	['expanded', expanded],
])('samples %s', (_, shape) => {
	async function listed(operation: string, parameters: INodeParameters) {
		const { credentials, paths } = await startRecorded(shape);
		const steps = [{ resource: 'sample', operation, ...parameters }];
		const result = await run({ credentials, items: [{ json: {} }], steps });
		expect(result.error).toBeUndefined();
		return { paths, list: result.outputs()[0].map(({ json }) => json) };
	}

	it('come as they are from Get Many, with their IDs in front', async () => {
		const { list } = await listed('getAll', { simplify: false });
		expect(list).toEqual(
			SAMPLES.map((sample) => ({ sample_id: idOf(sample.$uri), ...shape(sample) })),
		);
		expect(list.map((json) => Object.keys(json)[0])).toEqual(SAMPLES.map(() => 'sample_id'));
	});

	it('are simplified alike', async () => {
		const { list } = await listed('getAll', {});
		expect(list).toEqual(
			SAMPLES.map((sample) => ({
				sample_id: idOf(sample.$uri),
				filename: sample.filename,
				size: sample.size,
				status: 'available',
				error_msg: null,
				visibility: sample.visibility,
				created_at: sample.created_at,
				project_id: sample.project ? idOf((sample.project as IDataObject).$ref) : null,
				metadata_id: idOf((sample.metadata as IDataObject).$ref),
				classification_id: idOf((sample.primary_classification as IDataObject).$ref),
			})),
		);
	});

	it.each([true, false])(
		'with their metadata in one call more (simplified: %j)',
		async (simplify) => {
			const options = { includeMetadata: true };
			const { list, paths } = await listed('getAll', { simplify, options });
			expect(list.map(({ metadata }) => metadata)).toEqual(SAMPLES.map(metadataOf));
			// What came expanded is there already.
			const further = shape === expanded ? [] : ['/api/v1/metadata'];
			expect(paths).toEqual(['/api/v1/samples', ...further]);
		},
	);

	it('one by one, with metadata and without', async () => {
		for (const sample of SAMPLES) {
			const sampleId = { __rl: true, mode: 'id', value: String(sample.$uri) };
			const plain = await listed('get', { sampleId });
			expect(plain.list).toEqual([{ sample_id: idOf(sample.$uri), ...shape(sample) }]);
			const whole = await listed('get', { sampleId, options: { includeMetadata: true } });
			expect(whole.list).toMatchObject([{ metadata: metadataOf(sample) }]);
		}
	});
});

it('those of the organization, and what was recorded of a change', async () => {
	const { credentials } = await startRecorded((sample) => sample);
	const [{ $uri }] = recorded['GET /api/v1/samples/organization'];
	const steps: INodeParameters[] = [
		{ resource: 'sample', operation: 'getAll', scope: 'organization' },
		{ resource: 'sample', operation: 'update', updateFields: { visibility: 'public' } },
	];
	const result = await run({ credentials, items: [{ json: {} }], steps });
	expect(result.error).toBeUndefined();
	expect(result.outputs('One Codex 1')[0]).toMatchObject([{ json: { sample_id: idOf($uri) } }]);
	const changed = recorded['PATCH /api/v1/samples/:id'];
	expect(result.outputs()[0]).toMatchObject([
		{ json: { sample_id: idOf(changed.$uri), ...changed } },
	]);
});
