import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { n8nCommand, root } from '../../n8n/installation';
import { runForJob } from './programs';
import type { Peer } from './types';

const [node, n8n] = n8nCommand();
/** The one that n8n itself sends requests with. */
const axios = join(n8n, '..', '..', '..', 'axios');
const formData = join(root, 'node_modules', 'form-data');

/** What a program in Node would do, with what is known not to keep the file in memory. */
const SCRIPT = `
const { createReadStream, statSync } = require('node:fs');
const { AXIOS, FORM_DATA, BENCH_BASE_URL, ONE_CODEX_API_KEY } = process.env;
const axios = require(AXIOS);
const FormData = require(FORM_DATA);
const api = axios.create({
	baseURL: BENCH_BASE_URL + '/api/v1/documents/',
	auth: { username: ONE_CODEX_API_KEY, password: '' },
});
(async () => {
	const { size } = statSync('report.pdf');
	const { data } = await api.post('init_upload', { filename: 'report.pdf', size });
	const form = new FormData();
	for (const [name, value] of Object.entries(data.additional_fields)) form.append(name, String(value));
	form.append('file', createReadStream('report.pdf'), { filename: 'report.pdf', knownLength: size });
	const headers = { ...form.getHeaders(), 'Content-Length': form.getLengthSync() };
	await axios.post(data.upload_url, form, { headers, maxRedirects: 0, maxBodyLength: Infinity });
	await api.post('confirm_upload', { document_id: data.document_id });
})().catch((error) => {
	process.exitCode = 1;
	console.error(error.message, String(error.response?.data ?? ''));
});
`;

export const axiosForm: Peer = {
	id: 'axios',
	name: 'axios, form-data',
	what: 'the packages axios and form-data in plain Node.js, streaming, with knownLength and without redirects',
	sends: 'form',
	missing: async () =>
		await Promise.resolve(
			existsSync(axios) && existsSync(formData) ? undefined : 'axios is not installed',
		),
	run: async (job) =>
		await runForJob([node, '-e', SCRIPT], job, {
			AXIOS: axios,
			FORM_DATA: formData,
			BENCH_BASE_URL: job.account.baseUrl,
		}),
};
