import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

/** What a node gave on one of its outputs, in its only run. */
export function outputOf(run: IRunExecutionData, node: string, output = 0): INodeExecutionData[] {
	return run.resultData.runData[node]?.[0].data?.main[output] ?? [];
}

/** @throws Error with n8n's words when the run failed */
export function assertSucceeded(run: IRunExecutionData): void {
	const { error, lastNodeExecuted } = run.resultData;
	if (error) throw new Error(`"${lastNodeExecuted}" failed: ${error.message}`);
}
