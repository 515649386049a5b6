import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

/** Shows hints beside the output. An n8n that does not know them yet goes without. */
export function addHints(context: IExecuteFunctions, ...hints: NodeExecutionHint[]): void {
	if ('addExecutionHints' in context) context.addExecutionHints(...hints);
}
