import fc from 'fast-check';

import { fileNameOf, toFileName } from '../../nodes/OneCodex/upload/fileName';

it.each([
	// Taken as they are.
	['report.pdf', 'report.pdf'],
	['SRR001666_1.fastq.gz', 'SRR001666_1.fastq.gz'],
	['a--b__c..d', 'a--b__c..d'],
	['.gitignore', '.gitignore'],
	['_x_', '_x_'],
	// Spaces, accents, quotes, slashes, control characters, emoji.
	['Q3 results.xlsx', 'Q3_results.xlsx'],
	['Bericht März.pdf', 'Bericht_Marz.pdf'],
	['Straße & Weg.csv', 'Strasse_Weg.csv'],
	['"quoted" name\'s.txt', 'quoted_name_s.txt'],
	['folder/sub\\report.pdf', 'folder_sub_report.pdf'],
	['../../etc/passwd', '.._.._etc_passwd'],
	['a\u0000b\r\nc.txt', 'a_b_c.txt'],
	['🧬 genome 🧫.fa', 'genome.fa'],
	['Ærø – Łódź.txt', 'AEro_-_Lodz.txt'],
	['50 µg per ml.csv', '50_ug_per_ml.csv'],
	['β-lactamase.fasta', 'b-lactamase.fasta'],
	['Отчёт Щука.pdf', 'Otchet_Shchuka.pdf'],
	['ﬁle №１.txt', 'file_No1.txt'],
	['100%.csv', '100.csv'],
	// Nothing is left.
	['报告.pdf', 'document.pdf'],
	['报告.tar.gz', 'document.tar.gz'],
	['🧬', 'document'],
	['', 'document'],
	['...', 'document'],
	['???.???', 'document'],
])('%j is %j', (original, expected) => {
	expect(toFileName(original)).toBe(expected);
});

it('a long name keeps its extension', () => {
	const name = toFileName(`${'x'.repeat(400)}.fastq.gz`);
	expect(name).toHaveLength(255);
	expect(name.endsWith('x.fastq.gz')).toBe(true);
});

describe('of any name', () => {
	const anyName = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.string({ unit: 'grapheme', maxLength: 80 }),
		fc
			.tuple(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^\.[a-z]{1,4}$/))
			.map((t) => t.join('')),
	);

	it('something is left that One Codex takes, and taking it again changes nothing', () => {
		fc.assert(
			fc.property(anyName, (original) => {
				const name = toFileName(original);
				expect(name).toMatch(/^[A-Za-z0-9._-]{1,255}$/);
				expect(name).toMatch(/[A-Za-z0-9]/);
				expect(toFileName(name)).toBe(name);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('that One Codex takes, nothing changes', () => {
		const taken = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/);
		fc.assert(fc.property(taken, (name) => expect(toFileName(name)).toBe(name)));
	});

	it('the extension stays', () => {
		const extension = fc.stringMatching(/^\.[A-Za-z0-9]{1,5}$/);
		fc.assert(
			fc.property(anyName, extension, (stem, end) => {
				expect(toFileName(stem + end).endsWith(end)).toBe(true);
			}),
		);
	});
});

it.each([
	['the name given', { originalName: 'a.txt' }, ' b c.txt ', 'b_c.txt'],
	['the name that the file brings', { originalName: 'a.txt', fileExtension: 'txt' }, '', 'a.txt'],
	['the extension alone', { fileExtension: 'pdf' }, undefined, 'document.pdf'],
	['nothing', {}, undefined, 'document'],
])('a file is named after %s', (_, file, given, expected) => {
	expect(fileNameOf(file, given)).toBe(expected);
});
