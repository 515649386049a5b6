import { metadataOf } from '../../nodes/OneCodex/resources/sample/metadata';
import { tagsOf } from '../../nodes/OneCodex/resources/sample/tags';

const read = (metadata: unknown) => metadataOf(metadata, 'Europe/Berlin');

describe('metadata', () => {
	it('goes under the names of the API, and what is empty is left out', () => {
		expect(
			read({
				name: 'Stool, patient 7',
				externalSampleId: 4711,
				sampleType: 'Isolate',
				libraryType: 'Targeted/16S',
				platform: 'Oxford Nanopore MinION',
				dateCollected: '2026-01-31',
				dateSequenced: '2026-02-01T12:00:00Z',
				description: '',
				locationString: 'Hamburg',
				locationLat: '53.55',
				locationLon: -10,
				starred: false,
				custom: { assignments: [{ id: '1', name: 'ward', value: 'ICU 2', type: 'string' }] },
				unknown: 'x',
			}),
		).toEqual({
			name: 'Stool, patient 7',
			external_sample_id: '4711',
			sample_type: 'Isolate',
			library_type: 'Targeted/16S',
			platform: 'Oxford Nanopore MinION',
			date_collected: '2026-01-30T23:00:00.000Z',
			date_sequenced: '2026-02-01T12:00:00.000Z',
			location_string: 'Hamburg',
			location_lat: 53.55,
			location_lon: -10,
			starred: false,
			custom: { ward: 'ICU 2' },
		});
		expect(read({ name: ' \n', starred: 'true' })).toEqual({ starred: true });
		expect(read({})).toEqual({});
		expect(read(undefined)).toEqual({});
	});

	it.each([
		[{ locationLat: 90.1 }, 'Metadata: Latitude must be a number from -90 to 90'],
		[{ locationLat: 'north' }, 'Metadata: Latitude must be a number from -90 to 90'],
		[{ locationLon: -181 }, 'Metadata: Longitude must be a number from -180 to 180'],
		[{ sampleType: 'isolate' }, 'Metadata: Sample Type cannot be "isolate"'],
		[{ libraryType: ['WGS'] }, 'Metadata: Library Type cannot be object'],
		[{ platform: 'Illumina MySeq' }, 'Metadata: Platform cannot be "Illumina MySeq"'],
		[{ externalSampleId: 'x'.repeat(61) }, 'Metadata: External Sample ID has 61 characters'],
		[{ name: '🧫'.repeat(256) }, 'Metadata: Name has 256 characters'],
		[{ name: ['a', 'b', 'c'] }, 'Metadata: Name is a list of 3, not text'],
		[{ externalSampleId: NaN }, 'Metadata: External Sample ID is the number NaN, not text'],
		[{ locationString: 'x'.repeat(256) }, 'Metadata: Location has 256 characters'],
		[{ starred: 'yes' }, 'Metadata: Starred must be true or false'],
		[{ dateCollected: ['2026-01-31'] }, 'Metadata: Date Collected is a list of 1, not a date'],
		[{ dateCollected: '11.05.2026' }, 'Metadata: Date Collected is not a date'],
	])('refuses %j', (metadata, message) => expect(() => read(metadata)).toThrow(message));

	it('says which values there are', () => {
		const refused = () => read({ sampleType: 'Soil' });
		expect(refused).toThrow(
			expect.objectContaining({
				facts: { description: 'It is one of: Isolate, Metagenomic, Other.' },
			}),
		);
	});
});

describe('custom fields', () => {
	const custom = (value: unknown) => read({ custom: value }).custom;

	it.each<[unknown, unknown]>([
		[
			{ lab: 'North', reads: 7, isTest: true, ward: null },
			{ lab: 'North', reads: 7, isTest: true, ward: null },
		],
		['{"lab": "North"}', { lab: 'North' }],
		[[{ key: 'a', value: 1 }, { key: 'b' }], { a: 1, b: '' }],
		[{ field: 'soil' }, { field: 'soil' }],
		[{ assignments: [] }, undefined],
		[{ ' ward ': 'ICU' }, { ward: 'ICU' }],
		[
			[
				{ name: 'bed', value: ' 3 ', type: 'number' },
				{ name: 'isTest', value: 'false', type: 'boolean' },
				{ name: 'plot', value: '7', type: 'string' },
				{ name: 'depth', value: '', type: 'number' },
			],
			{ bed: 3, isTest: false, plot: '7', depth: null },
		],
	])('are %j', (given, expected) => expect(custom(given)).toEqual(expected));

	it.each([
		[{ lab: { name: 'North' } }, 'Metadata: Custom Fields: "lab" is no plain value'],
		[{ lab: ['North'] }, 'Metadata: Custom Fields: "lab" is no plain value'],
		[{ ' ': 1 }, 'Metadata: Custom Fields must be pairs of a name and a value'],
		[
			{ assignments: [{ value: 'x' }] },
			'Metadata: Custom Fields must be pairs of a name and a value',
		],
		[
			[{ name: 'bed', value: 'three', type: 'number' }],
			'Metadata: Custom Fields: "bed" is no plain value',
		],
		[
			[{ name: 'isTest', value: 'yes', type: 'boolean' }],
			'Metadata: Custom Fields: "isTest" is no plain value',
		],
		[
			[{ name: 'list', value: '["a"]', type: 'array' }],
			'Metadata: Custom Fields: "list" is no plain value',
		],
		[{ reads: NaN }, 'Metadata: Custom Fields: "reads" is no plain value'],
		['{"reads": 1e999}', 'Metadata: Custom Fields: "reads" is no plain value'],
		['lab: North', 'Metadata: Custom Fields must be pairs of a name and a value'],
		[['lab'], 'Metadata: Custom Fields must be pairs of a name and a value'],
		[7, 'Metadata: Custom Fields must be pairs of a name and a value'],
	])('are not %j', (given, message) => expect(() => custom(given)).toThrow(message));
});

describe('tags', () => {
	it.each<[unknown, string[]]>([
		['urgent, ward 7,urgent', ['urgent', 'ward 7']],
		[
			['urgent', 7],
			['urgent', '7'],
		],
		['', []],
		[undefined, []],
		['x'.repeat(30), ['x'.repeat(30)]],
		[2026, ['2026']],
		['["urgent", "ward 7"]', ['urgent', 'ward 7']],
		['[urgent', ['[urgent']],
	])('of %j are %j', (given, expected) => expect(tagsOf(given, 'Tags')).toEqual(expected));

	it.each([
		['x'.repeat(31), `Tags: "${'x'.repeat(31)}" has more than 30 characters`],
		[[{ name: 'x' }], 'Tags must be text with commas between, or a list of texts'],
		[[NaN], 'Tags must be text with commas between, or a list of texts'],
		[{ name: 'x' }, 'Tags must be text with commas between, or a list of texts'],
	])('are not %j', (given, message) => expect(() => tagsOf(given, 'Tags')).toThrow(message));
});
