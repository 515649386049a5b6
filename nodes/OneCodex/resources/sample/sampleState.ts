import type { IExecuteFunctions } from 'n8n-workflow';

import { sampleAnswer } from '../../api/answers/sample';
import { idOfReference, objectOf, pathOf, unexpected } from '../../api/answers/shape';
import { CLASSIFICATIONS_PATH, samplePath } from '../../api/paths';
import { apiRequest, defaultSettings, type ApiSettings } from '../../api/request';
import { shortText } from '../../http/shortText';
import type { SampleAnswer } from '../../types';
import type { Standing } from '../shared/standing';

export type SampleState = Standing & { sample: SampleAnswer };

/**
 * How a sample stands.
 *
 * @param until `available`: its files were read; `classified`: its primary classification is
 * complete, too
 * @throws OneCodexError
 */
export async function lookAtSample(
	context: IExecuteFunctions,
	id: string,
	until: 'available' | 'classified',
	signal: AbortSignal,
): Promise<SampleState> {
	const settings = { ...defaultSettings(context), signal };
	const request = { method: 'GET', path: samplePath(id) } as const;
	const sample = await apiRequest(context, request, settings, sampleAnswer);
	const status = sample.status ?? sample.visibility;
	const how = `its status is ${status}`;
	if (status === 'failed_validation' || status === 'deleted') {
		const said = shortText(sample.error_msg);
		return {
			sample,
			isOver: true,
			how,
			failure: {
				message: `One Codex could not use the sample${said ? `: ${said}` : ` (${status})`}`,
				description: 'Look at the files, and at the sample in One Codex.',
			},
		};
	}
	const classification = pathOf(sample.primary_classification);
	const isAvailable = status === 'available' || classification !== undefined;
	if (until === 'available' || !isAvailable) return { sample, isOver: isAvailable, how };
	if (classification === undefined) {
		return { sample, isOver: false, how: `${how}, and it has no classification yet` };
	}
	return await lookAtClassification(context, sample, settings);
}

async function lookAtClassification(
	context: IExecuteFunctions,
	sample: SampleAnswer,
	settings: ApiSettings,
): Promise<SampleState> {
	const path = `${CLASSIFICATIONS_PATH}/${idOfReference(sample.primary_classification)}`;
	const { complete, success, error_msg } = await apiRequest(
		context,
		{ method: 'GET', path },
		settings,
		classificationAnswer,
	);
	// An old one that runs has `success: true` already.
	if (!complete) return { sample, isOver: false, how: 'its classification runs' };
	if (success) return { sample, isOver: true, how: 'it is classified' };
	const said = shortText(error_msg);
	return {
		sample,
		isOver: true,
		how: 'its classification failed',
		failure: {
			message: `The classification of the sample failed${said ? `: ${said}` : ''}`,
			description: 'One Codex may try it again by itself. Look at the sample in One Codex.',
		},
	};
}

function classificationAnswer(answer: unknown) {
	const { complete, success, error_msg } = objectOf(answer);
	if (typeof complete !== 'boolean') throw unexpected('for a classification', 'complete');
	return { complete, success: success === true, error_msg };
}
