import { accessDenied, invalidArgument, policyExpired, S3Error } from './errors';
import { type Condition, isSignedBy, parsePolicy, type SigningKey } from './policy';

/** What the policy allows to be stored. */
export interface Permit {
	key: string;
	/** Bytes; the policy's content-length-range. */
	min: number;
	max: number;
	/** The form's fields, with the key as it is after substitution. */
	fields: Map<string, string>;
}

const MAX_KEY_BYTES = 1024;

/** What a policy need not mention, from "Browser-Based Uploads Using POST" (Signature Version 2). */
const UNCONDITIONAL = new Set(['AWSAccessKeyId', 'signature', 'policy']);
const isIgnored = (name: string): boolean => name.toLowerCase().startsWith('x-ignore-');

function required(fields: Map<string, string>, name: string): string {
	const value = fields.get(name);
	if (value === undefined) {
		throw invalidArgument(
			`Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
			name,
			'',
		);
	}
	return value;
}

function isMet(condition: Condition, fields: Map<string, string>): boolean {
	if (condition.operator === 'content-length-range') return true;
	const value = fields.get(condition.field);
	if (value === undefined) return false;
	return condition.operator === 'eq'
		? value === condition.value
		: value.startsWith(condition.value);
}

function describe(condition: Condition): string {
	if (condition.operator === 'content-length-range') return condition.operator;
	const { operator, field, value } = condition;
	return `[${[operator, `$${field}`, value].map((part) => JSON.stringify(part)).join(', ')}]`;
}

/** The key with `${filename}` replaced by the text after the last slash or backslash. */
function objectKey(template: string, filename: string): string {
	const key = template.replaceAll('${filename}', () => filename.replace(/^.*[/\\]/s, ''));
	if (key === '') {
		throw invalidArgument('User key must have a length greater than 0.', 'key', '');
	}
	if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
		throw new S3Error('KeyTooLongError', 'Your key is too long');
	}
	return key;
}

/**
 * Judges a form by its fields alone, before any byte of the file is stored, in S3's order.
 *
 * @throws S3Error
 */
export function authorise(
	form: { fields: Array<[string, string]>; filename?: string },
	bucket: { name: string; signingKey: SigningKey },
): Permit {
	const fields = new Map(form.fields);
	const key = objectKey(required(fields, 'key'), form.filename ?? '');
	fields.set('key', key);

	const signed = fields.get('policy');
	if (signed === undefined) throw new S3Error('AccessDenied', 'Access Denied');
	const accessKeyId = required(fields, 'AWSAccessKeyId');
	const signature = required(fields, 'signature');
	if (accessKeyId !== bucket.signingKey.accessKeyId) {
		throw new S3Error(
			'InvalidAccessKeyId',
			'The AWS Access Key Id you provided does not exist in our records.',
			{ AWSAccessKeyId: accessKeyId },
		);
	}
	if (!isSignedBy(bucket.signingKey, signed, signature)) {
		throw new S3Error(
			'SignatureDoesNotMatch',
			'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
			{ AWSAccessKeyId: accessKeyId, SignatureProvided: signature },
		);
	}

	const { expiration, conditions } = parsePolicy(signed);
	if (expiration.getTime() <= Date.now()) throw policyExpired();
	const target = new Map([['bucket', bucket.name], ...fields]);
	const failed = conditions.find((condition) => !isMet(condition, target));
	if (failed) throw accessDenied(`Policy Condition failed: ${describe(failed)}`);

	const covered = new Set(conditions.map((each) => ('field' in each ? each.field : '')));
	const extra = [...fields.keys()].filter(
		(name) => !covered.has(name) && !UNCONDITIONAL.has(name) && !isIgnored(name),
	);
	if (extra.length > 0) throw accessDenied(`Extra input fields: ${extra.join(', ')}`);

	const ranges = conditions.filter((each) => each.operator === 'content-length-range');
	return {
		key,
		min: Math.max(0, ...ranges.map((range) => range.min)),
		max: Math.min(Infinity, ...ranges.map((range) => range.max)),
		fields,
	};
}
