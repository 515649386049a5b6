import { S3Error } from './errors';
import { ALGORITHM, type Scope } from './signatureV4';

/** What an Authorization header of Signature Version 4 says. */
export interface Authorization {
	accessKeyId: string;
	scope: Scope;
	/** In lower case, in the order given. */
	signedHeaders: string[];
	signature: string;
}

export const isSignatureV4 = (header = ''): boolean => header.startsWith(`${ALGORITHM} `);

const malformed = (problem: string, details: Record<string, string> = {}): S3Error =>
	new S3Error(
		'AuthorizationHeaderMalformed',
		`The authorization header is malformed; ${problem}`,
		details,
	);

/**
 * Reads the header, and whether its scope is that of this bucket and of this request.
 *
 * @param timestamp the request's x-amz-date.
 * @throws S3Error AuthorizationHeaderMalformed; for another region with the right one in `Region`.
 */
export function parseAuthorization(
	header: string,
	bucket: { region: string },
	timestamp: string,
): Authorization {
	const fields = header
		.slice(ALGORITHM.length)
		.split(',')
		.map((field) => /^\s*(\w+)=(\S+)\s*$/.exec(field)?.slice(1) ?? ['', '']);
	const values = new Map(fields.map(([name, value]) => [name, value]));
	const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map(
		(name) => values.get(name),
	);
	if (fields.length !== 3 || !credential || !signedHeaders || !signature) {
		throw malformed('Credential, SignedHeaders and Signature are required, once each.');
	}
	const [accessKeyId, date, region, service, terminal, ...rest] = credential.split('/');
	if (!/^\d{8}$/.test(date) || !region || !service || !terminal || rest.length > 0) {
		throw malformed(
			'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
		);
	}
	if (date !== timestamp.slice(0, 8)) {
		throw malformed(
			`Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${timestamp.slice(0, 8)}".`,
		);
	}
	if (service !== 's3') {
		throw malformed(`incorrect service "${service}". This endpoint belongs to "s3".`);
	}
	if (terminal !== 'aws4_request') {
		throw malformed(`incorrect terminal "${terminal}". This endpoint uses "aws4_request".`);
	}
	if (region !== bucket.region) {
		throw malformed(`the region '${region}' is wrong; expecting '${bucket.region}'`, {
			Region: bucket.region,
		});
	}
	return {
		accessKeyId,
		scope: { date, region },
		signedHeaders: signedHeaders.toLowerCase().split(';'),
		signature,
	};
}
