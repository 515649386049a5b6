import type {
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** An object as JSON has them: neither null nor a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What both kinds of operation run in: programmatic ones, and declarative ones item by item. */
export type OperationContext = IExecuteFunctions | IExecuteSingleFunctions;

/**
 * What a request to One Codex is made in: an operation, the editor while it fills a list, or a
 * trigger that looks whether there is something new.
 */
export type ApiContext = OperationContext | ILoadOptionsFunctions | IPollFunctions;

/** What is known of a file while it is on its way; the `details` of a failed item. */
export interface FileDetails {
	document_id?: string;
	sample_id?: string;
	analysis_id?: string;
	project_id?: string;
	job_id?: string;
	filename?: string;
	binaryPropertyName?: string;
}

export type NamedFile = FileDetails & Required<Pick<FileDetails, 'filename'>>;

/** Answer of POST /documents/init_upload. */
export interface InitUploadAnswer extends IDataObject {
	document_id: string;
	upload_url: string;
	/** Form fields for S3; the API has numbers among the values. */
	additional_fields: IDataObject;
}

/** Answer of POST /documents/confirm_upload. `success` can be false with status 200. */
export interface ConfirmUploadAnswer extends IDataObject {
	document: { $ref: string };
	message: string;
	success: boolean;
}

/** A file that became a document. */
export interface Uploaded extends ConfirmUploadAnswer {
	/** As the storage gave it, without quotes. */
	etag: string;
}

/** What One Codex lends for an upload to its storage, of a document or a sample. */
export interface LentUpload {
	/** Path, from the base URL on. */
	callback_url: string;
	/** The object's key in S3. */
	file_id: string;
	s3_bucket: string;
	/** Lent for this upload. */
	keys: { accessKeyId: string; secretAccessKey: string };
}

/** Answer of POST /documents/init_multipart_upload, as far as it is of use. */
export interface MultipartAnswer extends LentUpload {
	import_as_document: boolean;
}

/** Answer of POST /samples/init_multipart_upload, as far as it is of use. */
export interface SampleUploadAnswer extends LentUpload {
	sample_id: string;
	/** The key of the second file of a pair. */
	paired_end_file_id: string | null;
}

/** Names another entry of the API; asked for with `expand`, it is the entry itself. */
export type Reference = { $ref: string } | { $uri: string };

/** A sample, as GET /samples/<id> answers it. */
export interface SampleAnswer extends IDataObject {
	/** `/api/v1/samples/<id>` */
	$uri: string;
	/** null before there is data. */
	filename?: string | null;
	/** Bytes. */
	size?: number | null;
	/** `awaiting_data`, `importing`, `validating`, `failed_validation`, `available`, `deleted`, or new ones. */
	status?: string;
	error_msg?: string | null;
	/** `public`, `shared`, `private`, `importing`, `awaiting data`, or new ones. */
	visibility: string;
	/** RFC 3339. */
	created_at: string;
	metadata: Reference;
	project?: Reference | null;
	/** null until it is there as a whole. */
	primary_classification?: Reference | null;
	tags?: Reference[];
}

/** A run of a job on a sample, as GET /analyses/<id> or the list of its type answers it. */
export interface AnalysisAnswer extends IDataObject {
	/** `/api/v1/analyses/<id>`, or `/api/v1/classifications/<id>` and the like. */
	$uri: string;
	/** Not in the lists of a type. */
	analysis_type?: string;
	/** RFC 3339. */
	created_at: string;
	/** null while it runs, and of some that failed. */
	updated_at?: string | null;
	complete: boolean;
	/** Says nothing before it is complete. */
	success?: boolean | null;
	error_msg?: string | null;
	job?: Reference | null;
	sample?: Reference | null;
}

/** What can be run on a sample, as GET /jobs/<id> answers it. */
export interface JobAnswer extends IDataObject {
	/** `/api/v1/jobs/<id>` */
	$uri: string;
	name: string;
	analysis_type?: string | null;
	/** RFC 3339. */
	created_at?: string | null;
	/** A JSON Schema; without properties where the job takes no arguments. */
	job_args_schema?: IDataObject | null;
}

/** What samples are put together in, as GET /projects/<id> answers it. */
export interface ProjectAnswer extends IDataObject {
	/** `/api/v1/projects/<id>` */
	$uri: string;
	name?: string | null;
	/** The short one, of 3 to 15 letters. */
	project_name?: string | null;
}

/** A document, as GET /documents/<id> answers it. */
export interface DocumentAnswer extends IDataObject {
	/** `/api/v1/documents/<id>` */
	$uri: string;
	filename: string;
	/** Bytes. */
	size: number | null;
	/** RFC 3339. */
	created_at: string;
	uploader: { $ref: string };
	/** Users that it is shared with. */
	downloaders: Array<{ $ref: string }>;
}

/** What S3 said of the object that it stored. `etag` is without its quotes. */
export interface StoredObject extends IDataObject {
	bucket: string;
	key: string;
	location: string;
	etag: string;
}
