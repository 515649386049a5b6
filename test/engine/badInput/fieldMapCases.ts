import { runItems, NO_SERVICE, samples } from './cases';
import { anyFields, expectedFields, plausibleMap } from './fieldMaps';
import type { FormServer } from './formServer';
import { holdsKey, md5, Outcomes, smallFiles } from './outcomes';

/** Sends a file with each of many maps: some that One Codex could give, then any at all. */
export async function sendFieldMaps(
	storage: FormServer,
	plausible: number,
	odd: number,
): Promise<Outcomes> {
	const files = await smallFiles();
	const cases = [...samples(plausibleMap, plausible), ...samples(anyFields, odd)];
	const items = cases.map((uploadFields, index) => ({
		json: {
			upload_url: `${storage.baseUrl}/${index}`,
			document_id: '0123456789abcdef',
			additional_fields: uploadFields as never,
			filename: 'a.bin',
		},
		binary: { data: files[index % files.length].binary },
	}));
	const outputs = await runItems(items, [{ operation: 'uploadFile', options: { maxRetries: 0 } }]);

	const outcomes = new Outcomes();
	for (const [index, label] of cases.entries()) {
		const json = outcomes.take(label, outputs[index]);
		const form = storage.forms.get(`/${index}`);
		outcomes.demand(json !== undefined || index >= plausible, 'refused', label);
		outcomes.demand(json !== undefined || form === undefined, 'sent and refused', label);
		if (!json) continue;
		const fields = JSON.stringify(form?.fields);
		const isSame = fields === JSON.stringify(expectedFields(label));
		outcomes.demand(isSame, 'other fields arrived', label, fields);
		const { bytes } = files[index % files.length];
		const isWhole = form?.bytes.equals(bytes) && json.etag === md5(bytes);
		outcomes.demand(isWhole ?? false, 'other bytes', label);
		outcomes.demand(!holdsKey(form?.raw ?? '', NO_SERVICE.apiKey), 'the key', label);
	}
	return outcomes;
}
