import fc from 'fast-check';

import {
	toFileName,
	toPartOfFileName,
	toPartOfSampleFileName,
	toSampleFileName,
} from '../../nodes/OneCodex/api/fileName';
import { plainName } from '../../nodes/OneCodex/api/plainName';
import { fileNameOf, givenFileName } from '../../nodes/OneCodex/upload/fileName';

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
	['"__x y__".txt', 'x_y.txt'],
	['"quoted" name\'s.txt', 'quoted_name_s.txt'],
	['50% off.csv', '50_off.csv'],
	['.hidden name', '.hidden_name'],
	// A path counts from its last separator on.
	['C:\\Users\\me\\Report.xlsx', 'Report.xlsx'],
	['a/b/report.pdf', 'report.pdf'],
	['folder/sub\\Bericht März.pdf', 'Bericht_Marz.pdf'],
	['../../etc/passwd', 'passwd'],
	['/.gitignore', '.gitignore'],
	['uploads/', 'document'],
	['/', 'document'],
	// As addresses have it.
	['Bericht%20M%C3%A4rz.pdf', 'Bericht_Marz.pdf'],
	['reports%2F2026%2Fmay.pdf', 'may.pdf'],
	['100%25.csv', '100.csv'],
	['50%-20%E4.csv', '50_-20_E4.csv'],
	// As e-mails have it.
	['=?UTF-8?B?QmVyaWNodCBNw6Ryei5wZGY=?=', 'Bericht_Marz.pdf'],
	['=?utf-8?Q?Bericht_M=C3=A4rz.pdf?=', 'Bericht_Marz.pdf'],
	['=?iso-8859-1?q?M=E4rz?= =?iso-8859-1?q?_2026.pdf?=', 'Marz_2026.pdf'],
	['=?no-such-set?q?a?=.pdf', 'no-such-set_q_a.pdf'],
	// Space around it.
	[' report.pdf ', 'report.pdf'],
	['report.', 'report.'],
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

it.each([
	[' report.pdf ', 'report.pdf'],
	['a/b\nc/ d e.pdf', 'd e.pdf'],
	['a\\b/März.pdf', 'März.pdf'],
	['M%C3%A4rz.pdf', 'März.pdf'],
	['50% off.pdf', '50% off.pdf'],
	['50%-%20.pdf', '50%-%20.pdf'],
	['%zz', '%zz'],
	['=?utf-8*de?Q?M=C3=A4rz?=.pdf', 'März.pdf'],
	['=?utf-8*?Q?a?=', 'a'],
	['=?utf-8?q?M=c3?= \r\n\t =?utf-8?B?csO2?=', 'M\ufffdrö'],
	['=?utf-8?q?a?= b =?utf-8?q?c?=', 'a b c'],
	['=?utf-8?x?a?=', '=?utf-8?x?a?='],
])('a person reads %j as %j', (original, expected) => {
	expect(plainName(original)).toBe(expected);
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
	['digits', { originalName: 'raw data.txt' }, 12345, '12345'],
	['the digit 0', { originalName: 'a.txt' }, 0, '0'],
	[
		'the extension, though the name is a folder',
		{ originalName: 'up/', fileExtension: 'pdf' },
		'',
		'document.pdf',
	],
	['an extension with its period', { fileExtension: '.pdf' }, null, 'document.pdf'],
	['an extension of two', { fileExtension: '.fastq.gz' }, null, 'document.fastq.gz'],
	['an extension of two, bare', { fileExtension: 'tar.GZ' }, null, 'document.tar.GZ'],
	['a name as extension', { fileExtension: 'report.v2.pdf' }, null, 'document.pdf'],
	['a name as extension of two', { fileExtension: 'my.reads.fq.gz' }, null, 'document.fq.gz'],
	['the type of an icon', { mimeType: 'image/x-icon' }, undefined, 'document.ico'],
	['its type in the registry', { mimeType: 'image/vnd.microsoft.icon' }, '', 'document.ico'],
	['the type alone', { mimeType: 'application/pdf' }, undefined, 'document.pdf'],
	['a type with a parameter', { mimeType: 'Text/CSV; charset=utf-8' }, undefined, 'document.csv'],
	['a type with another name', { mimeType: 'image/jpeg' }, undefined, 'document.jpg'],
	['a type of no registry', { mimeType: 'application/x-fastq' }, undefined, 'document.fastq'],
	['a type that says nothing', { mimeType: 'application/octet-stream' }, undefined, 'document'],
	[
		'the extension before the type',
		{ fileExtension: 'fq', mimeType: 'text/plain' },
		'',
		'document.fq',
	],
])('a file is named after %s', (_, file, given, expected) => {
	expect(fileNameOf(file, given)).toBe(expected);
});

it.each([
	[['a', 'b', 'c'], 'File Name is a list of 3, not text'],
	[{}, 'File Name is an object, not text'],
	[true, 'File Name is true, not text'],
])('%j is no name', (given, message) => {
	const refusal = { kind: 'input', message, description: expect.stringMatching(/^Give a name/) };
	expect(() => fileNameOf({ originalName: 'a.txt' }, given)).toThrow(
		expect.objectContaining(refusal),
	);
	expect(() => givenFileName(given)).toThrow(expect.objectContaining(refusal));
});

it.each([
	['', 'File Name is empty'],
	[' ', 'File Name is empty'],
	[undefined, 'File Name is undefined, not text'],
])('%j is no name where no file brings one', (given, message) => {
	const refusal = { kind: 'input', message, description: expect.stringMatching(/^Give a name/) };
	expect(() => givenFileName(given)).toThrow(expect.objectContaining(refusal));
	expect(givenFileName(' März.pdf ')).toBe('Marz.pdf');
});

describe('a part of a name', () => {
	it.each([
		['report', 'report'],
		['_x_', '_x_'],
		['...', '...'],
		['.pdf', '.pdf'],
		['Bericht März', 'Bericht_Marz'],
		[' März ', 'Marz'],
		['"Q3 results"', 'Q3_results'],
		['März.', 'Marz.'],
		['März .pdf', 'Marz.pdf'],
		['C:\\Users\\me\\Bericht', 'Bericht'],
		['/data/Bericht', 'Bericht'],
		['../Bericht', 'Bericht'],
		['outbox/Bericht.pdf', 'Bericht.pdf'],
		['draft 05/2026', 'draft_05_2026'],
		['2026\\05', '2026_05'],
		['uploads/', 'uploads'],
		['*.pdf', '.pdf'],
		['* März *', 'Marz'],
		['Bericht%20M%C3%A4rz', 'Bericht_Marz'],
		['Отчёт', 'Otchet'],
		['报告.pdf', 'document.pdf'],
	])('%j is looked for as %j', (text, expected) => {
		expect(toPartOfFileName(text)).toBe(expected);
	});

	it.each(['???', '报告', '🧬', '/uploads/', '*', '', ' '])('nothing is left of %j', (text) => {
		expect(toPartOfFileName(text)).toBeFalsy();
	});

	it('of a whole name is what the name became', () => {
		const word = fc.stringMatching(/^[a-zäöüß ]{1,8}$/);
		fc.assert(
			fc.property(word, word, (one, two) => {
				const name = `a ${one}é${two}.pdf`;
				expect(toFileName(name)).toBe(toPartOfFileName(name));
				expect(toFileName(name)).toContain(toPartOfFileName(`${one}é`));
			}),
		);
	});
});

describe('the file of a sample', () => {
	it.each([
		['stool [a] (2)_R1.fastq.gz', 'stool [a] (2)_R1.fastq.gz'],
		['Probe März_R1.fastq', 'Probe Marz_R1.fastq'],
		[' (1) s.fq', '_(1) s.fq'],
		['(2026) stool.fastq', '_(2026) stool.fastq'],
		['#[a] s.fq', '_[a] s.fq'],
		['{}.fq', '_{}.fq'],
		['报告.fastq', '_.fastq'],
		['.fasta', 'reads.fasta'],
		['.fq.gz', '.fq.gz'],
		['C:\\reads\\s.fa', 's.fa'],
		['-s.fq', '_-s.fq'],
		['..s.fq', '..s.fq'],
		['a  b--c__.fq', 'a  b--c__.fq'],
		['a&&/b??c.fq', 'b_c.fq'],
	])('%j is called %j', (original, name) => {
		expect(toSampleFileName(original)).toBe(name);
		expect(name).toMatch(/^[\w.]+[\w\-.[\](){} ]*\.[\w.]+$/);
	});

	it('is found by any part of its name', () => {
		const signs = [...'a1äß报#@,&()[]{}-_. '];
		const text = fc
			.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 12 })
			.map((all) => all.join(''));
		fc.assert(
			fc.property(text, fc.nat(12), fc.nat(12), (stem, one, other) => {
				const name = `${stem}.fastq`;
				const part = name.slice(Math.min(one, other), Math.max(one, other) + 1);
				const asked = toPartOfSampleFileName(part);
				expect(toSampleFileName(name)).toContain(asked ?? '');
			}),
			{ numRuns: 2_000 },
		);
	});

	it('keeps its end, however long its name is', () => {
		const name = toSampleFileName(`${'x'.repeat(300)}_R1.fastq.gz`);
		expect(name).toMatch(/^x+_R1\.fastq\.gz$/);
		expect(name.length).toBeLessThanOrEqual(255);
	});
});
