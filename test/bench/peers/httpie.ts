import { firstThatRuns, inVenv, runForJob, together, type Initiated } from './programs';
import type { Peer } from './types';

const find = async () =>
	await firstThatRuns(['http', '/usr/bin/http', inVenv('http')], ['--version']);

/**
 * The document's recipe, but for two slips in it: `success_action_status:=201` is left out of a form
 * by httpie, and confirm_upload wants `document_id`.
 */
export const httpie: Peer = {
	id: 'httpie',
	name: 'httpie',
	what: "the API document's recipe for httpie, with its two slips mended: three processes",
	sends: 'form',
	missing: async () => ((await find()) ? undefined : 'httpie is not installed'),
	async run(job) {
		const http = (await find()) ?? 'http';
		const { apiKey, baseUrl } = job.account;
		const documents = `${baseUrl}/api/v1/documents`;
		// --check-status: httpie ends with 0 whatever is answered. --timeout 0: no limit.
		const common = ['--ignore-stdin', '--check-status', '--timeout', '0'];
		const auth = [...common, '--auth', `${apiKey}:`, 'POST'];
		const body = ['filename=report.pdf', `size:=${job.size}`];
		const init = await runForJob([http, ...auth, `${documents}/init_upload`, ...body], job);
		const { additional_fields, document_id, upload_url } = JSON.parse(init.stdout) as Initiated;
		const fields = Object.entries(additional_fields).map(([name, value]) => `${name}=${value}`);
		const form = [...common, '-f', 'POST', upload_url, ...fields, 'file@report.pdf'];
		const upload = await runForJob([http, ...form], job);
		const confirm = await runForJob(
			[http, ...auth, `${documents}/confirm_upload`, `document_id=${document_id}`],
			job,
		);
		return together([init, upload, confirm]);
	},
};
