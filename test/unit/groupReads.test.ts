import { groupReads, type Reads } from '../../nodes/OneCodex/upload/reads/groupReads';
import { marksElsewhere } from '../../nodes/OneCodex/upload/reads/marksElsewhere';

/** Each sample as `R1+R2 as name|name`, each refusal as its message. */
function grouped(
	names: Array<string | { name: string; directory: string }>,
	reads: Reads = 'auto',
	mergeLanes = false,
): string[] {
	const files = names.map((file) => (typeof file === 'string' ? { name: file } : file));
	return groupReads(files, reads, mergeLanes).map((group) => {
		if ('error' in group) return `refused: ${group.error.message}`;
		const sent = [group.files, group.paired].filter(({ length }) => length);
		const list = sent.map((part) => part.map(({ name }) => name).join(' & ')).join(' + ');
		const as = [group.name, group.pairedName].filter(Boolean).join(' + ');
		const notes = [group.isAlone && 'alone', group.isSeries && 'series'].filter(Boolean);
		return [as === list ? list : `${list} as ${as}`, ...notes].join(', ');
	});
}

describe('files are a pair', () => {
	it.each([
		['s_S1_L001_R1_001.fastq.gz', 's_S1_L001_R2_001.fastq.gz'],
		['s_R1.fastq', 's_R2.fastq'],
		['s_1.fq.gz', 's_2.fq.gz'],
		['sample 3_x_1.fq.gz', 'sample 3_x_2.fq.gz'],
		['s.R1.fastq.bz2', 's.R2.fastq.bz2'],
		['s.1.fastq', 's.2.fastq'],
		['s-R1.fastq', 's-R2.fastq'],
		['s_r1.fastq', 's_r2.fastq'],
		['s_read1.fastq', 's_read2.fastq'],
		['R1.fastq.gz', 'R2.fastq.gz'],
		['Probe März_R1.fastq', 'Probe März_R2.fastq'],
		['Probe März_R1.fastq', 'Probe Ma\u0308rz_R2.fastq'],
		['a_R1_b_R1_001.fastq', 'a_R1_b_R2_001.fastq'],
		['sample_1_1.fastq', 'sample_1_2.fastq'],
		['s_L010_R1_001.fastq', 's_L010_R2_001.fastq'],
		['R2_R1.fastq', 'R2_R2.fastq'],
		['s.FASTQ_R1.FASTQ.GZ', 's.FASTQ_R2.FASTQ.GZ'],
	])('by %s and %s, in either order', (first, second) => {
		expect(grouped([first, second])).toEqual([`${first} + ${second}`]);
		expect(grouped([second, 'other.fasta', first])).toEqual([
			`${first} + ${second}`,
			'other.fasta',
		]);
	});

	it('and of several samples each finds its own', () => {
		expect(grouped(['a_R2.fq', 'b_R1.fq', 'a_R1.fq', 'b_R2.fq'])).toEqual([
			'a_R1.fq + a_R2.fq',
			'b_R1.fq + b_R2.fq',
		]);
	});

	it('a lane for itself, where lanes are not merged', () => {
		expect(grouped(['s_L001_R1.fq', 's_L002_R1.fq', 's_L001_R2.fq', 's_L002_R2.fq'])).toEqual([
			's_L001_R1.fq + s_L001_R2.fq',
			's_L002_R1.fq + s_L002_R2.fq',
		]);
	});

	it('of one folder, where folders have files of the same name', () => {
		const file = (directory: string, name: string) => ({ directory, name });
		expect(
			grouped([
				file('/a', 'reads_R1.fq'),
				file('/b', 'reads_R1.fq'),
				file('/b', 'reads_R2.fq'),
				file('/a', 'reads_R2.fq'),
			]),
		).toEqual(['reads_R1.fq + reads_R2.fq', 'reads_R1.fq + reads_R2.fq']);
		expect(grouped([file('/r1', 's_R1.fq'), file('/r2', 's_R2.fq')])).toEqual([
			's_R1.fq + s_R2.fq',
		]);
	});

	it('whose folders count for the files alone that are in two of them', () => {
		const file = (directory: string, name: string) => ({ directory, name });
		expect(
			grouped([
				file('/r1', 's_R1.fq'),
				file('/r2', 's_R2.fq'),
				file('/r1', 'twice_R1.fq'),
				file('/r2', 'twice_R1.fq'),
			]),
		).toEqual(['s_R1.fq + s_R2.fq', 'twice_R1.fq, alone', 'twice_R1.fq, alone']);
	});

	it.each(['s_0.fq', 's_3.fq', 's_9.fq', 's_10.fq', 's_123.fq'])(
		'and that the series goes on with %s is worth a word',
		(name) => {
			expect(grouped(['s_1.fq', 's_2.fq', name])).toEqual(['s_1.fq + s_2.fq, series', name]);
		},
	);

	it.each(['t_3.fq', 's_3.fa', 's_x3.fq', 's_3x.fq', 's_xyz.fq', 's.3.fq', '3.fq'])(
		'and no series goes on with %s',
		(name) => {
			expect(grouped(['s_1.fq', 's_2.fq', name])).toEqual(['s_1.fq + s_2.fq', name]);
		},
	);

	it('and neither marks with a letter nor one half alone are a series', () => {
		expect(grouped(['s_R1.fq', 's_R2.fq', 's_R3.fq'])).toEqual(['s_R1.fq + s_R2.fq', 's_R3.fq']);
		expect(grouped(['s_1.fq', 's_3.fq'])).toEqual(['s_1.fq, alone', 's_3.fq']);
	});
});

it.each([
	['other endings', ['s_R1.fastq', 's_R2.fastq.gz'], 's_R2.fastq.gz'],
	['other marks', ['s_R1.fastq', 's_2.fastq'], 's_2.fastq'],
	['gz and gzip', ['s_R1.fastq.gz', 's_R2.fastq.gzip'], 's_R2.fastq.gzip'],
	['a mark elsewhere', ['a_R1_b_R1.fastq', 'a_R2_b_R2.fastq'], 'a_R2_b_R2.fastq'],
	['other chunks', ['s_R1_001.fastq', 's_R2_002.fastq'], 's_R2_002.fastq'],
])('%s make no pair', (_what, names, half) => {
	expect(grouped(names)).toEqual([
		`${names[0]}, alone`,
		`refused: "${half}" is one half of a pair, and the other is missing`,
	]);
});

it('FASTA, patients and what has its mark elsewhere are never paired', () => {
	const names = ['s_R1.fasta', 's_R2.fasta', 'p-1.fq', 'p-2.fq', 's_R2_trimmed.fq', 's_12.fq'];
	const unmarked = ['bearR1.fq', 'bearR2.fq', 'x1.fq', 'x2.fq', '_1.fq', '_2.fq'];
	expect(grouped([...names, ...unmarked])).toEqual([...names, ...unmarked]);
});

it('a mark elsewhere is worth a word where both are there', () => {
	const names = [
		'a_R1_trimmed.fq',
		'b_R1_x.fq',
		'a_R2_trimmed.fq',
		'R1.x.fa',
		'R2.x.fa',
		'PCR1.x.fq',
	];
	expect(marksElsewhere([...names, 'PCR2.x.fq'])).toEqual([['a_R1_trimmed.fq', 'a_R2_trimmed.fq']]);
});

it('R1 goes alone, R2 does not, unless it is asked for', () => {
	expect(grouped(['s_R1.fq'])).toEqual(['s_R1.fq, alone']);
	expect(grouped(['s_R2.fq'])).toEqual([
		'refused: "s_R2.fq" is one half of a pair, and the other is missing',
	]);
	expect(grouped(['s_R2.fq', 's_R1.fq'], 'single')).toEqual(['s_R2.fq', 's_R1.fq']);
	expect(grouped(['s_R2.fq', 's_R1.fq'], 'interleaved')).toEqual(['s_R2.fq', 's_R1.fq']);
});

it('two files at one place in a pair are refused, both named; other samples are not', () => {
	expect(grouped(['s_R1.fq', 'other.fq', 's_R1.fq', 's_R2.fq'])).toEqual([
		'refused: "s_R1.fq" and "s_R1.fq" claim the same place in a sample',
		'other.fq',
	]);
	expect(grouped(['same.fq', 'same.fq'])).toEqual(['same.fq', 'same.fq']);
});

it.each(['notes.txt', 'reads.fastq.zip', 'reads.fastq.bz', 'fastq', 'reads.bam', '.gz'])(
	'%s is refused',
	(name) => {
		expect(grouped([name, 's.fq'])).toEqual([
			`refused: "${name}" is no file of sequencing reads by its name`,
			's.fq',
		]);
	},
);

it('FASTA is not interleaved', () => {
	expect(grouped(['s.fa', 's.fq'], 'interleaved')).toEqual([
		'refused: "s.fa" is FASTA, which has no pairs to be interleaved',
		's.fq',
	]);
});

it('who gave files that cannot be sent is told what to do', () => {
	const refused = [
		...groupReads([{ name: 'a.txt' }, { name: 's_R2.fq' }], 'auto', false),
		...groupReads([{ name: 'a.fa' }], 'interleaved', false),
		...groupReads([{ name: 'a_R1.fq' }, { name: 'a_R1.fq' }], 'auto', false),
		...groupReads([{ name: 'a_L001_R1.fq' }, { name: 'a_L002_R2.fq' }], 'auto', true),
		...groupReads([{ name: 'a_L001.fq' }, { name: 'a_L003.fq' }], 'auto', true),
	];
	expect(refused).toHaveLength(6);
	for (const group of refused) {
		expect(group).toMatchObject({
			error: { kind: 'input', description: expect.stringMatching(/\w\.$/) },
		});
	}
});

describe('lanes are merged', () => {
	const merged = (names: string[], reads: Reads = 'auto') => grouped(names, reads, true);

	it('in order, each read for itself, and the name loses the lane', () => {
		expect(
			merged(['s_L002_R2_001.fq', 's_L001_R1_001.fq', 's_L002_R1_001.fq', 's_L001_R2_001.fq']),
		).toEqual([
			's_L001_R1_001.fq & s_L002_R1_001.fq + s_L001_R2_001.fq & s_L002_R2_001.fq as s_R1_001.fq + s_R2_001.fq',
		]);
		expect(merged(['s_L002.fa', 's_L001.fa'])).toEqual(['s_L001.fa & s_L002.fa as s.fa']);
		expect(merged(['s_L001_R2.fq', 's_L002_R2.fq'], 'single')).toEqual([
			's_L001_R2.fq & s_L002_R2.fq as s_R2.fq',
		]);
		expect(merged(['s_L001_R1.fq'])).toEqual(['s_L001_R1.fq as s_R1.fq, alone']);
		expect(merged(['s_R1.fq', 's_L001_R1.fq', 's_R2.fq', 's_L001_R2.fq'])).toEqual([
			's_R1.fq + s_R2.fq',
			's_L001_R1.fq + s_L001_R2.fq as s_R1.fq + s_R2.fq',
		]);
	});

	it('beyond the ninth', () => {
		const lanes = Array.from({ length: 12 }, (_, at) => `s_L${String(at + 1).padStart(3, '0')}.fq`);
		expect(merged([...lanes].reverse())).toEqual([`${lanes.join(' & ')} as s.fq`]);
	});

	it.each([
		[['s_L001_R1.fq', 's_L003_R1.fq'], 'Lane L002 is missing before "s_L003_R1.fq"'],
		[['s_L002_R1.fq', 's_L003_R1.fq'], 'Lane L001 is missing before "s_L002_R1.fq"'],
		[['s_L003_R1.fq', 's_L003_R2.fq'], 'Lane L001 is missing before "s_L003_R1.fq"'],
		[['s_l001_r1.fq', 's_l003_r1.fq'], 'Lane L002 is missing before "s_l003_r1.fq"'],
		[
			['s_L001_R1.fq', 's_L001_R1.fq'],
			'"s_L001_R1.fq" and "s_L001_R1.fq" claim the same place in a sample',
		],
		[
			['s_L001_R1.fq', 's_L002_R1.fq', 's_L001_R2.fq'],
			'"s_L001_R1.fq" and "s_L001_R2.fq" have other lanes (1, 2 and 1), so they are no pair',
		],
		[
			['s_L001_R1.fq', 's_L002_R2.fq'],
			'"s_L001_R1.fq" and "s_L002_R2.fq" have other lanes (1 and 2), so they are no pair',
		],
	])('not %j', (names, message) => expect(merged(names)).toEqual([`refused: ${message}`]));
});
