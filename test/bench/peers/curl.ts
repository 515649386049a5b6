import { firstThatRuns, runForJob, together, type Initiated } from './programs';
import type { Job, Peer } from './types';

const quietly = ['--silent', '--show-error', '--fail-with-body'];

async function postJson(job: Job, path: string, body: object) {
	const { apiKey, baseUrl } = job.account;
	return await runForJob(
		[
			'curl',
			...quietly,
			...['--user', `${apiKey}:`, '--header', 'Content-Type: application/json'],
			...['--data', JSON.stringify(body), `${baseUrl}/api/v1/documents/${path}`],
		],
		job,
	);
}

/** The yardstick: what a program in C does that reads a file and writes it to a socket. */
export const curl: Peer = {
	id: 'curl',
	name: 'curl',
	what: '`curl -F file=@…`, with init and confirm by curl too: three processes',
	sends: 'form',
	missing: async () =>
		(await firstThatRuns(['curl'], ['--version'])) ? undefined : 'curl is not installed',
	async run(job) {
		const init = await postJson(job, 'init_upload', { filename: 'report.pdf', size: job.size });
		const { additional_fields, document_id, upload_url } = JSON.parse(init.stdout) as Initiated;
		const fields = Object.entries(additional_fields).flatMap(([name, value]) => [
			'--form-string',
			`${name}=${value}`,
		]);
		const upload = await runForJob(
			['curl', ...quietly, ...fields, '--form', `file=@${job.file}`, upload_url],
			job,
		);
		const confirm = await postJson(job, 'confirm_upload', { document_id });
		return together([init, upload, confirm]);
	},
};
