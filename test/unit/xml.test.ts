import { xmlText } from '../../nodes/OneCodex/storage/xml';

it.each([
	['<A><B>x</B></A>', 'B', 'x'],
	['<ETag>&quot;a&amp;b&#39;&lt;&gt;&apos;&quot;</ETag>', 'ETag', '"a&b\'<>\'"'],
	['<A>&unknown;</A>', 'A', '&unknown;'],
	['<A>x', 'A', ''],
	['', 'A', ''],
])('the text in %j of %s is %j', (xml, element, text) => {
	expect(xmlText(xml, element)).toBe(text);
});
