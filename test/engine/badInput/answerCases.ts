import { run, storedBinary } from '../engine';
import { samples } from './cases';
import { isName } from './names';
import { oddCase, type OddCase } from './oddCases';
import { apiKeyOf, FILE, idOf, SECRETS, startOddService, type OddService } from './oddService';
import { holdsKey, Outcomes } from './outcomes';

/** Most of them wait: for the pace of their key, or to try again. */
const AT_ONCE = 120;

/** An execution for each of many answers. */
export async function meetAnswers(count: number): Promise<Outcomes> {
	const cases = samples(oddCase, count);
	const service = await startOddService(cases);
	const outcomes = new Outcomes();
	const queue = cases.entries();
	const worker = async () => {
		for (const [index, each] of queue) await meetAnswer(service, outcomes, each, index);
	};
	try {
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
	} finally {
		await service.close();
	}
	return outcomes;
}

async function meetAnswer(
	service: OddService,
	outcomes: Outcomes,
	{ operation, fileName, maxRetries, ...rest }: OddCase,
	index: number,
): Promise<void> {
	const apiKey = apiKeyOf(index);
	const data = { ...(await storedBinary(FILE)), fileName };
	const result = await run({
		credentials: { apiKey, baseUrl: service.baseUrl },
		items: [{ json: { document_id: idOf(index) }, binary: { data } }],
		steps: [{ operation, options: { maxRetries, idleTimeout: 5 } }],
		onError: 'continueRegularOutput',
	});
	const items = result.outputs()[0] ?? [];
	const label = { index, operation, fileName, maxRetries, ...rest };
	const json = outcomes.take(label, items[0]);
	outcomes.demand(result.status === 'success', `a run that ends as ${result.status}`, label);
	outcomes.demand(items.length === 1, 'another number of items', label);

	const sent = service.forms.get(index) ?? [];
	const isAtStorage = sent.some(({ raw }) => holdsKey(raw, apiKey));
	outcomes.demand(!isAtStorage, 'the key at the storage', label);
	if (!json) {
		const said = JSON.stringify(items[0]?.json);
		outcomes.demand(!holdsKey(said, apiKey), 'the key in an error', label, said);
		const tells = SECRETS.some((secret) => said.includes(secret));
		outcomes.demand(!tells, 'policy or signature in an error', label, said);
	} else if (operation === 'uploadDocument') {
		// A place of the same storage that is not the case's own has no number to find it by.
		const form = sent.at(-1) ?? service.forms.get(-1)?.at(-1);
		outcomes.demand(form?.bytes.equals(FILE) ?? false, 'other bytes', label);
		outcomes.demand(isName(json.filename), 'a name', label, String(json.filename));
	}
}
