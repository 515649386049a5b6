import type { ApiContext } from '../types';
import { s3ServiceOf } from './addresses';

/** The credential's S3 service; '' for Amazon's. @throws OneCodexError (input) */
export async function s3EndpointOf(context: ApiContext): Promise<string> {
	return s3ServiceOf(await context.getCredentials('oneCodexApi'));
}
