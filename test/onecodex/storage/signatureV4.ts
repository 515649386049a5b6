import { createHash, createHmac } from 'node:crypto';
import { S3Error } from './errors';

/** What is signed of a request, which is taken as it came: nothing in it has been decoded. */
export interface Signable {
	method: string;
	/** Path and query. */
	target: string;
	/** Names and values in turn. */
	rawHeaders: string[];
	/** Lower-case. */
	signedHeaders: string[];
	/** The value of x-amz-content-sha256. */
	payloadHash: string;
}

/** Where and when a signature holds. */
export interface Scope {
	/** YYYYMMDD. */
	date: string;
	region: string;
}

export interface Signature {
	/** Lower-case hex. */
	signature: string;
	canonicalRequest: string;
	stringToSign: string;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** "UriEncode": everything but A-Z a-z 0-9 - . _ ~ */
const encode = (text: string): string =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
	);

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw new S3Error('InvalidURI', "Couldn't parse the specified URI.", { URI: text });
	}
}

/** S3 encodes a path once and leaves its dots and double slashes alone, as no other service does. */
const canonicalPath = (path: string): string => decode(path).split('/').map(encode).join('/');

const byNameAndValue = ([name, value]: string[], [other, otherValue]: string[]): number => {
	if (name === other) return value < otherValue ? -1 : 1;
	return name < other ? -1 : 1;
};

function canonicalQuery(query: string): string {
	const parameters = query.split('&').filter((each) => each !== '');
	return parameters
		.map((each) => {
			const [name, ...value] = each.split('=');
			return [name, value.join('=')].map((text) => encode(decode(text.replaceAll('+', ' '))));
		})
		.sort(byNameAndValue)
		.map((each) => each.join('='))
		.join('&');
}

/** A header that came several times counts once, with its values in the order in which they came. */
function canonicalHeader(name: string, rawHeaders: string[]): string {
	const values = rawHeaders.filter(
		(_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === name,
	);
	return `${name}:${values.map((value) => value.trim().replace(/ +/g, ' ')).join(',')}\n`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
	createHmac('sha256', key).update(text).digest();

/**
 * The signature that a request should have, by "Authenticating Requests: Using the Authorization
 * Header (AWS Signature Version 4)" of the Amazon S3 API reference.
 *
 * @param timestamp the request's x-amz-date.
 * @throws S3Error InvalidURI
 */
export function signatureOf(
	{ method, target, rawHeaders, signedHeaders, payloadHash }: Signable,
	{ date, region }: Scope,
	timestamp: string,
	secretAccessKey: string,
): Signature {
	const [path, ...query] = target.split('?');
	const names = [...signedHeaders].sort();
	const canonicalRequest = [
		method,
		canonicalPath(path),
		canonicalQuery(query.join('?')),
		names.map((name) => canonicalHeader(name, rawHeaders)).join(''),
		names.join(';'),
		payloadHash,
	].join('\n');
	const scope = [date, region, 's3', 'aws4_request'];
	const stringToSign = [ALGORITHM, timestamp, scope.join('/'), sha256(canonicalRequest)].join('\n');
	const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
	const signature = hmac(key, stringToSign).toString('hex');
	return { signature, canonicalRequest, stringToSign };
}
