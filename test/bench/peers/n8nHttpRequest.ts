import type { IDataObject, INode } from 'n8n-workflow';

import { chain, combineByPosition, workflow } from '../../n8n/workflow';
import { basicAuth, type BenchN8n } from '../n8n';
import { fromDisk, workflowPeer, type WorkflowPeer } from './n8nPeer';

const FIELDS = [
	'AWSAccessKeyId',
	'acl',
	'key',
	'policy',
	'signature',
	'success_action_status',
	'x-amz-server-side-encryption',
];

const httpRequest = (name: string, parameters: IDataObject): INode => ({
	id: name,
	name,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	position: [0, 0],
	parameters: { method: 'POST', sendBody: true, ...parameters } as INode['parameters'],
	credentials: { httpBasicAuth: basicAuth },
});

const api = (name: string, url: string, json: string): INode =>
	httpRequest(name, {
		url,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpBasicAuth',
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify(${json}) }}`,
	});

/** The form for an item's file. @param valueOf text or expression for a field */
export const formUpload = (name: string, url: string, valueOf: (field: string) => string): INode =>
	httpRequest(name, {
		url,
		contentType: 'multipart-form-data',
		bodyParameters: {
			parameters: [
				...FIELDS.map((field) => ({
					parameterType: 'formData',
					name: field,
					value: valueOf(field),
				})),
				{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' },
			],
		},
	});

/** What one does in n8n without this package. Merge, because an HTTP Request drops the file. */
export function n8nHttpRequest(n8n: BenchN8n, baseUrl: string): WorkflowPeer {
	const facts = {
		id: 'http-request',
		name: 'n8n HTTP Request',
		what: "n8n's own nodes: HTTP Request (init), Merge, HTTP Request (form), HTTP Request (confirm), with their defaults",
		sends: 'form' as const,
		// While redirects are followed, which is the default, n8n keeps a copy of what it sent.
		holds: 1.3,
	};
	return workflowPeer(n8n, facts, (id, file) => {
		const documents = `${baseUrl}/api/v1/documents`;
		const [start, read] = fromDisk(file);
		const init = api(
			'Init',
			`${documents}/init_upload`,
			'{ filename: $binary.data.fileName, size: $binary.data.bytes }',
		);
		const merge = combineByPosition('Merge', 2);
		const upload = formUpload(
			'Upload',
			'={{ $json.upload_url }}',
			(field) => `={{ String($json.additional_fields["${field}"]) }}`,
		);
		const document = '{ document_id: $("Merge").first().json.document_id }';
		const confirm = api('Confirm', `${documents}/confirm_upload`, document);
		return workflow(id, [
			...chain(start, read, init),
			{ from: read, to: merge, input: 0 },
			{ from: init, to: merge, input: 1 },
			...chain(merge, upload, confirm),
		]);
	});
}
