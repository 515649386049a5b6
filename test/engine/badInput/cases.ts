import fc from 'fast-check';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { run, type RunOptions } from '../engine';

/** `BAD_INPUT_SEED=7 npm run test:engine -- badInput` for other cases than those of every day. */
export const SEED = Number(process.env.BAD_INPUT_SEED ?? 20_261_122);

/** Of One Codex, for operations that do not call it. */
export const NO_SERVICE = { apiKey: 'bad-input-key-0123456789', baseUrl: 'http://127.0.0.1:9' };

export const samples = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] =>
	fc.sample(arbitrary, { seed: SEED, numRuns });

/** Runs cases as the items of one execution, each of which gives an item of its own. */
export async function runItems(
	items: INodeExecutionData[],
	steps: INodeParameters[],
	credentials: RunOptions['credentials'] = NO_SERVICE,
): Promise<INodeExecutionData[]> {
	const onError = 'continueRegularOutput';
	const result = await run({ credentials, items, steps, onError });
	expect([result.status, result.error]).toEqual(['success', undefined]);
	expect(result.outputs()[0]).toHaveLength(items.length);
	return result.outputs()[0];
}
