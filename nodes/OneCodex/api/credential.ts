import type { ApiContext } from '../types';

/** The credential's S3 service, as it was typed; '' for Amazon's. */
export async function s3EndpointOf(context: ApiContext): Promise<string> {
	const { s3Endpoint } = await context.getCredentials('oneCodexApi');
	return typeof s3Endpoint === 'string' ? s3Endpoint.trim() : '';
}
