import { checkFirstBytes } from '../../nodes/OneCodex/upload/reads/firstBytes';

const GZIP = Buffer.from([0x1f, 0x8b, 8]);

const check = async (...chunks: Array<string | Buffer>) => {
	let read = 0;
	async function* contents() {
		for (const chunk of chunks) {
			read++;
			yield await Promise.resolve(Buffer.from(chunk));
		}
	}
	await checkFirstBytes({ read: () => contents() }, 'reads.fq');
	return read;
};

it.each([
	['FASTQ', ['@read']],
	['FASTA', ['>read']],
	['gzip', [GZIP]],
	['bzip2', ['BZh9']],
	['gzip in small chunks', [GZIP.subarray(0, 1), '', GZIP.subarray(1)]],
	['one sign alone', ['@']],
])('%s is taken for reads', async (_, chunks) => {
	await expect(check(...chunks)).resolves.toBe(chunks.length);
});

it.each([
	['a web page', ['<!DOCTYPE html>']],
	['a web page', ['\n <html lang="en">']],
	['a web page', ['<head>']],
	['a web page', ['<BODY>']],
	['XML', [' <?xml version="1.0"?>']],
	['JSON', [' {"error":1}']],
	['JSON', ['[1]']],
	['a PDF', ['%PDF-1.7']],
	['a ZIP archive', ['PK\u0003\u0004']],
	['a PDF', ['%', 'PDF']],
])('%s is none, and told as such', async (kind, chunks) => {
	await expect(check(...chunks)).rejects.toMatchObject({
		kind: 'input',
		message: `"reads.fq" has no reads in it, but ${kind}`,
		description: expect.stringMatching(/^FASTQ begins with @/),
	});
});

it.each([
	['text', ['ACGT <html> {}']],
	['half of what gzip begins with', [Buffer.from([0x1f])]],
	['other bytes than gzip', [Buffer.from([0x1f, 0x8c])]],
	['another bzip', ['BZ0']],
	['text with a PDF in it', ['x%PDF']],
	['text with a ZIP archive in it', ['xPK']],
	['what comes later than the beginning', [' '.repeat(64), '<html>']],
	['nothing', []],
])('%s is none', async (_, chunks) => {
	await expect(check(...chunks)).rejects.toThrow(/^"reads\.fq" has no reads in it$/);
});

it('no more is read than is looked at', async () => {
	await expect(check('@'.repeat(60), 'abcd', 'more')).resolves.toBe(2);
	await expect(check('@'.repeat(100), 'more')).resolves.toBe(1);
});
