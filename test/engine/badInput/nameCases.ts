import type { OneCodexStandIn, RecordedRequest } from '../../onecodex';
import { startFront, type Front } from '../front';
import { NO_SERVICE, runItems, samples } from './cases';
import { isName, namedFile, type NamedFile } from './names';
import { holdsKey, md5, Outcomes, smallFiles, type SmallFile } from './outcomes';

interface Init {
	upload_url: string;
	document_id: string;
	additional_fields: Record<string, string>;
}

async function init({ baseUrl, apiKey }: OneCodexStandIn): Promise<Init> {
	const answer = await fetch(`${baseUrl}/api/v1/documents/init_upload`, {
		method: 'POST',
		headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify({ filename: 'any', size: 64 }),
	});
	return (await answer.json()) as Init;
}

/** Whether a parameter says a name, or nothing; a list, an object or a switch is neither. */
const canName = ({ given }: NamedFile) =>
	given === undefined || given === null || ['string', 'number'].includes(typeof given);

/** How many of the cases are to become documents; the others are to be refused. */
export const nameableCases = (count: number): number =>
	samples(namedFile, count).filter(canName).length;

/** A name that One Codex takes is to stay; a parameter's goes first, without spaces around it. */
function mayBecome({ given, fileName }: NamedFile, name: unknown): boolean {
	const text = String(given ?? '').trim();
	const original = text || fileName || '';
	return isName(name) && (name === original || !isName(original));
}

function check(outcomes: Outcomes, label: NamedFile, json: object, { bytes }: SmallFile): void {
	const { filename, etag, size } = json as Record<string, unknown>;
	outcomes.demand(mayBecome(label, filename), 'another name', label, String(filename));
	outcomes.demand(etag === md5(bytes) && size === bytes.length, 'other bytes', label);
}

const storageOf = (oneCodex: OneCodexStandIn) =>
	oneCodex.requests.filter(({ side }) => side === 'storage');
const isLeak = ({ rawHeaders, fields }: RecordedRequest, apiKey: string) =>
	holdsKey(JSON.stringify([rawHeaders, fields]), apiKey);

/** Upload File alone: one signed form serves for all, as it allows any name under its prefix. */
export async function sendNames(oneCodex: OneCodexStandIn, count: number): Promise<Outcomes> {
	const { upload_url, document_id, additional_fields } = await init(oneCodex);
	const keyOf = (index: number) => additional_fields.key.replace('$', `${index}/$`);
	const files = await smallFiles();
	const cases = samples(namedFile, count);
	const items = cases.map(({ fileName, given }, index) => ({
		json: {
			upload_url,
			document_id,
			additional_fields: { ...additional_fields, key: keyOf(index) },
			...(given !== undefined && { filename: given as string }),
		},
		binary: { data: { ...files[index % files.length].binary, fileName } },
	}));
	const outputs = await runItems(items, [{ operation: 'uploadFile', options: { maxRetries: 0 } }]);

	const sent = new Map(
		storageOf(oneCodex).map((request) => [new Map(request.fields).get('key'), request]),
	);
	const outcomes = new Outcomes();
	for (const [index, label] of cases.entries()) {
		const json = outcomes.take(label, outputs[index]);
		outcomes.demand((json !== undefined) === canName(label), 'not uploaded, or not refused', label);
		if (!json) continue;
		check(outcomes, label, json, files[index % files.length]);
		const key = keyOf(index).replace('${filename}', String(json.filename));
		outcomes.demand(json.key === key, 'another key', label, String(json.key));
		const request = sent.get(keyOf(index));
		outcomes.demand(request?.filename === json.filename, 'another name was sent', label);
		const leaked = !request || isLeak(request, NO_SERVICE.apiKey);
		outcomes.demand(!leaked, 'the key at the storage', label);
	}
	return outcomes;
}

/** So many requests the node lets go at once with one origin; each file takes two. */
const PER_ORIGIN = 5;

/** The whole upload, in one step or three. Each origin has a pace of its own, so there are many. */
export async function uploadNames(
	oneCodex: OneCodexStandIn,
	count: number,
	operations: string[],
): Promise<Outcomes> {
	const files = await smallFiles();
	const cases = samples(namedFile, count);
	const outcomes = new Outcomes();
	const fronts: Front[] = [];

	const uploadSome = async (from: number) => {
		const front = await startFront(oneCodex.baseUrl, () => false);
		fronts.push(front);
		const some = cases.slice(from, from + PER_ORIGIN);
		const items = some.map(({ fileName, given }, index) => ({
			json: { ...(given !== undefined && { given: given as string }) },
			binary: { data: { ...files[index % files.length].binary, fileName } },
		}));
		const steps = operations.map((operation) => ({
			operation,
			...(operation !== 'uploadFile' &&
				operation !== 'confirmUpload' && { options: { fileName: '={{ $json.given }}' } }),
		}));
		const credentials = { apiKey: oneCodex.apiKey, baseUrl: front.baseUrl };
		const outputs = await runItems(items, steps, credentials);
		for (const [index, label] of some.entries()) {
			const json = outcomes.take(label, outputs[index]);
			outcomes.demand(
				(json !== undefined) === canName(label),
				'not uploaded, or not refused',
				label,
			);
			if (!json) continue;
			const { filename, size, object, state } = oneCodex.document(String(json.document_id));
			outcomes.demand(state === 'confirmed', 'not confirmed', label);
			check(outcomes, label, { filename, size, etag: object?.md5 }, files[index % files.length]);
		}
	};
	try {
		const starts = Array.from({ length: count / PER_ORIGIN }, (_, at) => at * PER_ORIGIN);
		await Promise.all(starts.map(uploadSome));
	} finally {
		await Promise.all(fronts.map(async (front) => await front.close()));
	}
	const leaks = storageOf(oneCodex).filter((request) => isLeak(request, oneCodex.apiKey));
	outcomes.demand(leaks.length === 0, 'the key at the storage', leaks);
	return outcomes;
}
