import { parseCompleteRequest } from '../../onecodex/storage/completeRequest';
import { partList } from './s3Client';

const parse = (xml: string) => parseCompleteRequest(Buffer.from(xml));
const wrap = (content: string): string =>
	`<CompleteMultipartUpload>${content}</CompleteMultipartUpload>`;
const part = (content: string): string => wrap(`<Part>${content}</Part>`);
const NUMBER = '<PartNumber>1</PartNumber>';
const ETAG = '<ETag>a</ETag>';
const numbered = (length: number) =>
	Array.from({ length }, (_, index): [number, string] => [index + 1, 'a']);

test.each([
	['with a declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${partList([1, 'a'])}\n`],
	['without a namespace', part(NUMBER + ETAG)],
	['the other way round, indented', part(`\n\t${ETAG}\n\t${NUMBER}\n`)],
	['with a checksum', part(`${ETAG}<ChecksumCRC32>AAAAAA==</ChecksumCRC32>${NUMBER}`)],
	['ETag in quotes', part(`${NUMBER}<ETag>"a"</ETag>`)],
	['ETag in escaped quotes', part(`${NUMBER}<ETag>&quot;a&#34;</ETag>`)],
])('taken: %s', (_what, xml) => {
	expect(parse(xml)).toEqual([{ number: 1, etag: 'a' }]);
});

test.each([
	['nothing', ''],
	['no XML', '{"parts": []}'],
	['no part', wrap('')],
	['an empty element', '<CompleteMultipartUpload/>'],
	['another root', '<Complete></Complete>'],
	['another namespace', partList([1, 'a']).replace('2006-03-01', '2016-03-01')],
	['a root that is not closed', '<CompleteMultipartUpload><Part>'],
	['a part that is not closed', wrap(`<Part>${NUMBER}${ETAG}`)],
	['a part without a number', part(ETAG)],
	['a part without an ETag', part(NUMBER)],
	['an empty ETag', part(`${NUMBER}<ETag></ETag>`)],
	['a number that is none', part(`<PartNumber>one</PartNumber>${ETAG}`)],
	['a negative number', part(`<PartNumber>-1</PartNumber>${ETAG}`)],
	['a number twice', part(NUMBER + NUMBER + ETAG)],
	['another element', part(`${NUMBER}${ETAG}<Size>1</Size>`)],
	['text beside the parts', wrap(`x<Part>${NUMBER}${ETAG}</Part>`)],
	['an unknown entity', part(`${NUMBER}<ETag>&nbsp;</ETag>`)],
	['a bare ampersand', part(`${NUMBER}<ETag>a&b</ETag>`)],
	['text after the end', `${part(NUMBER + ETAG)}x`],
	['10,001 parts', partList(...numbered(10_001))],
])('MalformedXML: %s', (_what, xml) => {
	expect(() => parse(xml)).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});

test.each([
	['descending', [2, 1]],
	['twice the same', [1, 1]],
])('InvalidPartOrder: %s', (_what, numbers) => {
	const xml = partList(...numbers.map((number): [number, string] => [number, 'a']));
	expect(() => parse(xml)).toThrow(expect.objectContaining({ code: 'InvalidPartOrder' }));
});

test('10,000 parts are read', () => {
	expect(parse(partList(...numbered(10_000)))).toHaveLength(10_000);
});
