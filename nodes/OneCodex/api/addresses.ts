import { OneCodexError } from '../errors/oneCodexError';
import { givenUrl, trimmed } from '../http/givenUrl';

/** What of the credential says where to; n8n gives whatever was entered. */
interface Credential {
	baseUrl?: unknown;
	s3Endpoint?: unknown;
}

const BASE_URL = 'The Base URL of the One Codex credential';

/** What the address of an S3 service is, as an error's first words. */
const S3_ENDPOINT = 'The S3 Endpoint of the One Codex credential';

const PUBLIC_HOST = 'app.onecodex.com';

/** Sites of One Codex that a browser shows and that are not its API. */
const OTHER_SITES = /^((www|docs|developers?|help|support|blog|status|info)\.)?onecodex\.com$/;

/** Amazon's services and n8n's own sites, but not what people run on Amazon's machines. */
const OTHER_PRODUCTS =
	/^(?!.*\.(compute(-1)?|elb|execute-api|vpce-svc-\w+)\.)(.+\.)?(amazonaws\.(com(\.cn)?|cn)|aws\.amazon\.(com|cn)|amazonaws-us-gov\.com|n8n\.(io|cloud))$/;

/** The API of One Codex, and its pages, of all or of one, as the address bar of a browser has them. */
const PAGE =
	/^(.*?)\/(api(\/v\d+(\/.*)?)?|(settings|log-?in|sign-?in|account|dashboard|documents?|samples?|analys[ei]s|projects?|jobs?)(\/([0-9a-f]{16}|\d+)(\/.*)?)?)\/*$/i;

/**
 * Where One Codex answers, without a slash at the end: origin, and the path under which a gateway
 * has it. The address of a page of One Codex or of its API is taken for that of One Codex.
 *
 * @throws OneCodexError (input)
 */
export function baseUrlOf({ baseUrl }: Credential): string {
	const url = givenUrl(baseUrl, BASE_URL);
	if (OTHER_SITES.test(url.hostname)) {
		throw notOf(BASE_URL, `${url.hostname}, which is no API`, `Use https://${PUBLIC_HOST}.`);
	}
	if (OTHER_PRODUCTS.test(url.hostname)) {
		throw notOf(BASE_URL, 'another service', `That of One Codex is https://${PUBLIC_HOST}.`);
	}
	if (url.hostname === PUBLIC_HOST) return url.origin;
	return withoutSlash(url.origin + (PAGE.exec(url.pathname)?.[1] ?? url.pathname));
}

/** Amazon's own S3, of all regions. What of it is in a private network has other names. */
const AMAZON = /^s3([.-][a-z0-9-]+)?\.amazonaws\.com$/;

/** Any S3 at Amazon: of a region, by FIPS, IPv6 or a VPC endpoint; first may stand a bucket's name. */
const S3_OF_AMAZON =
	/^(.+\.)??(((bucket|accesspoint)\.)?vpce-[a-z0-9-]+\.s3\.[a-z0-9-]+\.vpce|s3(?!-(control|outposts|object-lambda|website))(-[a-z0-9-]+)?(\.dualstack)?(\.[a-z0-9-]+)?)\.amazonaws\.com(\.cn)?$/;

/**
 * The S3 service for files in parts, without a slash at the end; '' for Amazon's.
 *
 * @throws OneCodexError (input)
 */
export function s3ServiceOf({ baseUrl, s3Endpoint }: Credential): string {
	if (!trimmed(s3Endpoint ?? '')) return '';
	const url = givenUrl(s3Endpoint, S3_ENDPOINT);
	const { hostname, origin, pathname } = url;
	const isOneCodex = /(^|\.)onecodex\.com$/.test(hostname);
	if (isOneCodex || (pathname === '/' && origin === new URL(baseUrlOf({ baseUrl })).origin)) {
		throw notOf(S3_ENDPOINT, 'One Codex', 'Leave it empty for app.onecodex.com.');
	}
	const [ofAmazon, bucket] = S3_OF_AMAZON.exec(hostname) ?? [];
	if (!ofAmazon && OTHER_PRODUCTS.test(hostname)) {
		throw notOf(S3_ENDPOINT, 'another service', 'Leave it empty for Amazon S3.');
	}
	if (bucket || (ofAmazon && pathname !== '/') || url.search) {
		throw new OneCodexError('input', `${S3_ENDPOINT} has more than the address of the service`, {
			description: 'Enter it without bucket, file and query, or leave it empty for Amazon.',
		});
	}
	return AMAZON.test(hostname) ? '' : withoutSlash(origin + pathname);
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** The hint stands in the message: the test of a credential shows nothing else. */
function notOf(name: string, what: string, hint: string): OneCodexError {
	return new OneCodexError('input', `${name} is the address of ${what}. ${hint}`);
}
