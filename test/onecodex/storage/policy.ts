import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { S3Error } from './errors';

/** The access key that the service signs its policies with (AWS Signature Version 2). */
export interface SigningKey {
	accessKeyId: string;
	secretAccessKey: string;
}

export const newSigningKey = (): SigningKey => ({
	accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
	secretAccessKey: randomBytes(30).toString('base64'),
});

/** Base64 of the HMAC-SHA1 of the policy, which is signed as sent: in base64. */
export function sign(policy: string, { secretAccessKey }: SigningKey): string {
	return createHmac('sha1', secretAccessKey).update(policy).digest('base64');
}

export function isSignedBy(signingKey: SigningKey, policy: string, signature: string): boolean {
	const expected = Buffer.from(sign(policy, signingKey));
	const actual = Buffer.from(signature);
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** The policy for one document's upload, in base64, with the conditions of the service's own. */
export function postPolicy(upload: {
	bucket: string;
	keyPrefix: string;
	/** Bytes. */
	maxSize: number;
	expiration: Date;
}): string {
	const policy = {
		expiration: upload.expiration.toISOString(),
		conditions: [
			{ bucket: upload.bucket },
			{ acl: 'private' },
			{ 'x-amz-server-side-encryption': 'AES256' },
			['starts-with', '$key', upload.keyPrefix],
			{ success_action_status: '201' },
			['content-length-range', 1, upload.maxSize],
		],
	};
	return Buffer.from(JSON.stringify(policy)).toString('base64');
}

export type Condition =
	| { operator: 'eq' | 'starts-with'; field: string; value: string }
	| { operator: 'content-length-range'; min: number; max: number };

export interface Policy {
	expiration: Date;
	conditions: Condition[];
}

const invalid = (problem: string): S3Error =>
	new S3Error('InvalidPolicyDocument', `Invalid Policy: ${problem}`);

function parseCondition(condition: unknown): Condition[] {
	if (Array.isArray(condition) && condition.length === 3) {
		const [operator, first, second]: unknown[] = condition;
		if (operator === 'content-length-range') {
			if (Number.isSafeInteger(first) && Number.isSafeInteger(second)) {
				return [{ operator, min: Number(first), max: Number(second) }];
			}
		} else if (
			(operator === 'eq' || operator === 'starts-with') &&
			typeof first === 'string' &&
			first.startsWith('$') &&
			typeof second === 'string'
		) {
			return [{ operator, field: first.slice(1), value: second }];
		}
	} else if (typeof condition === 'object' && condition !== null && !Array.isArray(condition)) {
		const entries = Object.entries(condition);
		if (entries.length === 1 && typeof entries[0][1] === 'string') {
			return [{ operator: 'eq', field: entries[0][0], value: entries[0][1] }];
		}
	}
	throw invalid(`Invalid condition: ${JSON.stringify(condition)}`);
}

/** @throws S3Error InvalidPolicyDocument */
export function parsePolicy(base64: string): Policy {
	let document: unknown;
	try {
		document = JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
	} catch {
		throw invalid('Invalid JSON.');
	}
	if (typeof document !== 'object' || document === null) throw invalid('Invalid JSON.');
	const { expiration, conditions } = document as Record<string, unknown>;
	if (expiration === undefined) throw invalid('Policy missing expiration.');
	if (conditions === undefined) throw invalid('Policy missing conditions.');
	if (typeof expiration !== 'string' || Number.isNaN(Date.parse(expiration))) {
		throw invalid(`Invalid 'expiration' value: '${String(expiration)}'`);
	}
	if (!Array.isArray(conditions)) throw invalid('Invalid conditions.');
	return { expiration: new Date(expiration), conditions: conditions.flatMap(parseCondition) };
}
