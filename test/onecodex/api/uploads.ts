import { postPolicy, sign } from '../storage/policy';
import type { StandInState } from '../state';
import type { StandInDocument } from '../types';
import { ApiError } from './errors';
import { checkedFilename } from './filename';
import type { Route } from './router';

const ID = /^[0-9a-f]{16}$/;

/** The fields of the form, named and ordered as in the uploading document. */
function additionalFields(state: StandInState, document: StandInDocument) {
	const { policyLifetime, signingKey } = state.settings;
	const policy = postPolicy({
		bucket: state.bucket,
		keyPrefix: state.keyPrefix(document),
		maxSize: document.size,
		expiration: new Date(Date.now() + policyLifetime * 1000),
	});
	return {
		AWSAccessKeyId: signingKey.accessKeyId,
		acl: 'private',
		key: `${state.keyPrefix(document)}\${filename}`,
		policy,
		signature: sign(policy, signingKey),
		success_action_status: 201,
		'x-amz-server-side-encryption': 'AES256',
	};
}

/** Why an upload cannot be confirmed yet; undefined when it can. */
function obstacle({ object, size }: StandInDocument): string | undefined {
	if (!object) return 'The file has not been uploaded.';
	if (object.size !== size) return `The file has ${object.size} bytes in place of ${size}.`;
	return undefined;
}

export const uploadRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/documents/init_upload',
		handle: ({ state, uploadUrl, json }) => {
			const { filename, size } = json();
			const document = state.addDocument(checkedFilename(filename), size as number);
			return {
				status: 200,
				body: {
					additional_fields: additionalFields(state, document),
					document_id: document.id,
					upload_url: uploadUrl,
				},
			};
		},
	},
	{
		method: 'POST',
		path: '/api/v1/documents/confirm_upload',
		handle: ({ state, json }) => {
			const id = json().document_id as string;
			if (!ID.test(id)) {
				throw new ApiError(400, 'document_id: 16 hex digits are required.');
			}
			const document = state.findDocument(id);
			if (document?.uploaderId !== state.userId) {
				throw new ApiError(404, 'The document was not found.');
			}
			document.confirmations += 1;
			if (document.state === 'confirmed') {
				throw new ApiError(409, 'The upload has been confirmed already.');
			}
			const problem = obstacle(document);
			if (!problem) {
				document.state = 'confirmed';
				document.confirmedAt = Date.now();
			}
			return {
				status: 200,
				body: {
					document: { $ref: `/api/v1/documents/${id}` },
					message: problem ?? 'Upload confirmed.',
					success: !problem,
				},
			};
		},
	},
];
