import { secureUrl } from '../../nodes/OneCodex/http/secureUrl';
import { xmlText } from '../../nodes/OneCodex/storage/xml';
import { documentId } from '../../nodes/OneCodex/api/ids';

describe('a secure URL', () => {
	it.each([
		'https://app.onecodex.com',
		'https://10.0.0.1:8443/x',
		'http://localhost:5678',
		'http://LOCALHOST',
		'http://api.localhost',
		'http://127.0.0.1',
		'http://127.9.8.7:1',
		'http://[::1]:80',
		' https://app.onecodex.com ',
	])('is %j', (url) => {
		expect(secureUrl(url, 'It').protocol).toMatch(/^https?:$/);
	});

	it.each([
		'http://app.onecodex.com',
		'http://localhost.example.com',
		'http://127.0.0.1.example.com',
		'http://10.0.0.1',
		'http://[::2]',
		'ftp://localhost',
		'file:///etc/passwd',
		'app.onecodex.com',
		'',
		undefined,
		42,
	])('is not %j', (url) => {
		expect(() => secureUrl(url, 'It')).toThrow(/^It (is not a URL|must start with https:\/\/)/);
	});
});

describe('a document ID', () => {
	const id = '28459508592a481c';
	it.each([
		id,
		` ${id}\n`,
		`/api/v1/documents/${id}`,
		`https://app.onecodex.com/api/v1/documents/${id}`,
		`https://app.onecodex.com/documents/${id}/?tab=1`,
	])('is found in %j', (value) => expect(documentId(value)).toBe(id));

	it.each([
		'',
		id.toUpperCase(),
		`${id}0`,
		id.slice(1),
		`/samples/${id}`,
		`x/${id}`,
		undefined,
		1,
		{},
	])('is not in %j', (value) => expect(() => documentId(value)).toThrow(/^Document ID is/));
});

it.each([
	['<A><B>x</B></A>', 'B', 'x'],
	['<ETag>&quot;a&amp;b&#39;&lt;&gt;&apos;&quot;</ETag>', 'ETag', '"a&b\'<>\'"'],
	['<A>&unknown;</A>', 'A', '&unknown;'],
	['<A>x', 'A', ''],
	['', 'A', ''],
])('the text in %j of %s is %j', (xml, element, text) => {
	expect(xmlText(xml, element)).toBe(text);
});
