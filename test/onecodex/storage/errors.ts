/** S3's error codes and their statuses, from "Error responses" in the Amazon S3 API reference. */
const STATUS = {
	AccessDenied: 403,
	AuthorizationHeaderMalformed: 400,
	BadDigest: 400,
	EntityTooLarge: 400,
	EntityTooSmall: 400,
	IncompleteBody: 400,
	InternalError: 500,
	InvalidAccessKeyId: 403,
	InvalidArgument: 400,
	InvalidDigest: 400,
	InvalidPart: 400,
	InvalidPartOrder: 400,
	InvalidPolicyDocument: 400,
	InvalidRange: 416,
	InvalidRequest: 400,
	InvalidURI: 400,
	KeyTooLongError: 400,
	MalformedPOSTRequest: 400,
	MalformedXML: 400,
	MaxMessageLengthExceeded: 400,
	MaxPostPreDataLengthExceeded: 400,
	MethodNotAllowed: 405,
	MissingContentLength: 411,
	NoSuchBucket: 404,
	NoSuchKey: 404,
	NoSuchUpload: 404,
	NotImplemented: 501,
	PreconditionFailed: 412,
	RequestTimeTooSkewed: 403,
	RequestTimeout: 400,
	SignatureDoesNotMatch: 403,
	SlowDown: 503,
	TemporaryRedirect: 307,
	XAmzContentSHA256Mismatch: 400,
} as const;

/** A refusal in S3's terms. `details` are further elements of the answer. */
export class S3Error extends Error {
	readonly status: number;

	constructor(
		readonly code: keyof typeof STATUS,
		message: string,
		readonly details: Record<string, string> = {},
	) {
		super(message);
		this.status = STATUS[code];
	}
}

export const malformed = (): S3Error =>
	new S3Error(
		'MalformedPOSTRequest',
		'The body of your POST request is not well-formed multipart/form-data.',
	);

export const invalidArgument = (message: string, name: string, value: string): S3Error =>
	new S3Error('InvalidArgument', message, { ArgumentName: name, ArgumentValue: value });

/** The file is not the one and only, or not the last part. */
export const notOneFile = (count: string): S3Error =>
	invalidArgument('POST requires exactly one file upload per request.', 'file', count);

export const accessDenied = (problem: string): S3Error =>
	new S3Error('AccessDenied', `Invalid according to Policy: ${problem}`);

export const policyExpired = (): S3Error => accessDenied('Policy expired.');

export const incompleteBody = (): S3Error =>
	new S3Error(
		'IncompleteBody',
		'You did not provide the number of bytes specified by the Content-Length HTTP header',
	);

export const methodNotAllowed = (method = ''): S3Error =>
	new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
		Method: method,
	});

export const notImplemented = (header: string): S3Error =>
	new S3Error(
		'NotImplemented',
		'A header you provided implies functionality that is not implemented',
		{ Header: header },
	);

export const missingContentLength = (): S3Error =>
	new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');

/** In bytes. */
export const entityTooLarge = (size: number, max: number): S3Error =>
	new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
		ProposedSize: String(size),
		MaxSizeAllowed: String(max),
	});
