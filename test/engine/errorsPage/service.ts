import { API_STATUS } from '../../../nodes/OneCodex/errors/messages';
import { isConfirm, isInit, type Fault } from '../../onecodex';
import {
	answering,
	byId,
	failing,
	faulty,
	ID,
	NOBODY,
	serving,
	uploading,
	type Scenario,
	type Scenarios,
} from './failing';

const initFails =
	(fault: Fault): Scenario =>
	async () =>
		await uploading(await faulty((request) => (isInit(request) ? fault : undefined)));

const status = (code: number) => initFails({ kind: 'status', status: code, retryAfter: '0' });

const initAnswers =
	(body: object): Scenario =>
	async () =>
		await uploading((await answering('/init_upload', body)).credentials);

const downloadFrom =
	(link: string): Scenario =>
	async () => {
		const { oneCodex, credentials } = await answering('/download_uri', {
			download_uri: link,
			expires_in_hours: 24,
		});
		const { id } = oneCodex.seed({ filename: 'a.bin', size: 5 });
		return await failing({ operation: 'download', documentId: byId(id) }, { credentials });
	};

async function confirmSaysNo(): Promise<string> {
	const fault: Fault = { kind: 'successFalse' };
	return await uploading(await faulty((request) => (isConfirm(request) ? fault : undefined)));
}

async function anotherList(): Promise<string> {
	const link = { link: '</api/v1/samples?page=2>; rel="next"' };
	const { credentials } = await answering('/documents', [], link);
	return await failing({ operation: 'getAll', returnAll: true }, { credentials });
}

async function noJson(): Promise<string> {
	const baseUrl = await serving((_, response) => {
		response.end('Not now');
		return true;
	});
	return await uploading({ ...NOBODY, baseUrl });
}

async function tooLong(): Promise<string> {
	const baseUrl = await serving((_, response) => {
		response.end(Buffer.alloc(8e6, ' '));
		return true;
	});
	return await uploading({ ...NOBODY, baseUrl });
}

/** What One Codex, or something in between, says. */
export const service: Scenarios = {
	...Object.fromEntries(
		Object.entries(API_STATUS).map(([code, [words]]) => [words, status(Number(code))]),
	),
	'One Codex answered with status ...': status(418),
	'One Codex did not confirm the upload: ...': confirmSaysNo,
	'One Codex answered with something that is not JSON': noJson,
	'One Codex answered ... without ...': initAnswers({}),
	'One Codex gave an upload that cannot be used. ...': initAnswers({
		document_id: ID,
		upload_url: 'http://s3.example',
		additional_fields: { key: 'k' },
	}),
	'One Codex gave a next page that is of another list': anotherList,
	'The download link is not a URL': downloadFrom('a.bin'),
	'The download link must start with https://': downloadFrom('http://s3.example/a.bin'),
	'The answer is longer than any that is due': tooLong,
};
