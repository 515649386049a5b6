import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { jobAnswer } from '../../api/answers/job';
import { jobId, sampleId } from '../../api/ids';
import { jobPath } from '../../api/paths';
import { apiRequest, defaultSettings } from '../../api/request';
import type { FileDetails, JobAnswer } from '../../types';
import { runFileTasks } from '../shared/fileTasks';
import { flag } from '../shared/flag';
import { jobPicker, samplePicker } from '../shared/pickers';
import type { FileTask, TasksToCome } from '../shared/planFiles';
import { checkEnded } from '../shared/standing';
import { timeoutOf, timeoutOption } from '../shared/waitOptions';
import { TIMEOUT_MINUTES } from '../shared/waitUntil';
import { analysisJson } from './analysisJson';
import { standingOf, untilEnded } from './analysisState';
import { showFor } from './fields';
import { argumentsOf, checkArguments } from './jobArguments';
import type { JobRun } from './jobRuns';
import { RunOnce } from './runOnce';

export const runFields: INodeProperties[] = [
	jobPicker(showFor('run')),
	samplePicker(showFor('run')),
	{
		displayName: 'Arguments',
		name: 'arguments',
		type: 'json',
		default: '{}',
		displayOptions: showFor('run'),
		description:
			'The arguments for the job, by their names. Job: Get tells which it takes, in <code>job_args_schema</code>. They are checked before the job is run.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('run'),
		options: [
			timeoutOption,
			{
				displayName: 'Wait',
				name: 'wait',
				type: 'boolean',
				default: true,
				description:
					'Whether to wait until the analysis has ended. One that failed, or is not ready in time, is an error then.',
			},
		],
	},
];

/**
 * Runs a job on a sample for every item. The arguments of all items are checked before the first job
 * is run. Where n8n runs the node again, what was begun is taken up, and not begun a second time.
 */
export async function run(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const runs = new RunOnce(this);
	const jobs = new Map<string, Promise<JobAnswer>>();
	const jobOf = async (id: string, signal: AbortSignal) => {
		const job = jobs.get(id) ?? readJob(this, id, signal);
		jobs.set(id, job);
		return await job;
	};

	const toTasks = async (itemIndex: number): Promise<TasksToCome> => {
		const parameter = (name: string, fallback: unknown) =>
			this.getNodeParameter(name, itemIndex, fallback) as unknown;
		const job_id = jobId(parameter('jobId', ''));
		const sample_id = sampleId(parameter('sampleId', ''));
		const job_args = argumentsOf(parameter('arguments', '{}'));
		const waits = flag(parameter('options.wait', false), 'Wait');
		const timeout = timeoutOf(parameter('options.timeout', TIMEOUT_MINUTES));
		const details: FileDetails = { sample_id, job_id };
		const what: JobRun = { job_id, sample_id, job_args };
		const task: FileTask = {
			details,
			run: async (signal) => {
				let analysis = await runs.analysisOf(itemIndex, what, details, signal);
				if (waits) {
					analysis = await untilEnded(this, analysis, timeout, signal);
					checkEnded(standingOf(analysis), 'analysis', timeout);
				}
				return { json: analysisJson(analysis) };
			},
		};
		return await Promise.resolve({
			details,
			tasks: async (signal) => {
				checkArguments((await jobOf(job_id, signal)).job_args_schema, job_args);
				return [task];
			},
		});
	};
	const plan = (itemIndex: number) => [{ toTask: async () => await toTasks(itemIndex) }];
	return [await runFileTasks(this, plan, { maxConcurrency: Infinity })];
}

async function readJob(
	context: IExecuteFunctions,
	id: string,
	signal: AbortSignal,
): Promise<JobAnswer> {
	const settings = { ...defaultSettings(context), signal };
	return await apiRequest(context, { method: 'GET', path: jobPath(id) }, settings, jobAnswer);
}
