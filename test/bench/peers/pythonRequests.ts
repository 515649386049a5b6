import { pythonWith, runForJob } from './programs';
import type { Peer } from './types';

/** Word for word from "Uploading documents", but for the origin. */
const RECIPE = `
import os
import requests

# Start the upload
resp = requests.post('https://app.onecodex.com/api/v1/documents/init_upload', 
                     json={'filename': 'report.pdf', 
                           'size': os.path.getsize('report.pdf')},
                     auth=(os.getenv('ONE_CODEX_API_KEY'), '')
                    ).json()

# Perform the upload (should return a 201)
requests.post(resp['upload_url'], data=resp['additional_fields'], 
             files={'file': open('report.pdf')})

# Finally, confirm the upload (should return a 200)
requests.post('https://app.onecodex.com/api/v1/documents/confirm_upload', 
              json={'document_id': resp['document_id']},
              auth=(os.getenv('ONE_CODEX_API_KEY'), ''))
`;

export const pythonRequests: Peer = {
	id: 'requests',
	name: 'Python requests',
	what: "the API document's recipe for Python requests, word for word",
	sends: 'form',
	// As text, as bytes, and twice while the form is put together.
	holds: 4,
	missing: async () =>
		(await pythonWith('requests')) ? undefined : 'Python requests is not installed',
	async run(job) {
		const python = (await pythonWith('requests')) ?? 'python3';
		const recipe = RECIPE.replaceAll('https://app.onecodex.com', job.account.baseUrl);
		return await runForJob([python, '-c', recipe], job);
	},
};
