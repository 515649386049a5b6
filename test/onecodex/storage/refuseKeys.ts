import type { IncomingHttpHeaders } from 'node:http';
import { isSignatureV4 } from './authorizationHeader';
import { invalidArgument } from './errors';

/**
 * S3 takes a signature from the form or the link, or, of its own API alone, from Authorization. A key
 * of One Codex that comes here has leaked.
 *
 * @throws S3Error InvalidArgument
 */
export function refuseKeys(headers: IncomingHttpHeaders, isAction = false): void {
	for (const name of ['Authorization', 'X-API-Key']) {
		const isSignature =
			isAction && name === 'Authorization' && isSignatureV4(headers.authorization);
		if (headers[name.toLowerCase()] !== undefined && !isSignature) {
			throw invalidArgument('Unsupported Authorization Type', name, 'withheld');
		}
	}
}
