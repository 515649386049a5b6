/** Paths of the API, from the base URL on. */
export const DOCUMENTS_PATH = '/api/v1/documents';
export const INIT_UPLOAD_PATH = `${DOCUMENTS_PATH}/init_upload`;
export const CONFIRM_UPLOAD_PATH = `${DOCUMENTS_PATH}/confirm_upload`;
export const INIT_MULTIPART_PATH = `${DOCUMENTS_PATH}/init_multipart_upload`;
export const USERS_PATH = '/api/v1/users';
export const ACCOUNT_PATH = '/api/v1/account';

export function documentPath(id: string): string {
	return `${DOCUMENTS_PATH}/${id}`;
}

export const SAMPLES_PATH = '/api/v1/samples';
export const METADATA_PATH = '/api/v1/metadata';
export const TAGS_PATH = '/api/v1/tags';
export const PROJECTS_PATH = '/api/v1/projects';
export const CLASSIFICATIONS_PATH = '/api/v1/classifications';
export const ANALYSES_PATH = '/api/v1/analyses';
export const JOBS_PATH = '/api/v1/jobs';

/** The list of one type of analyses. */
export function collectionPath(collection: string): string {
	return `/api/v1/${collection}`;
}

export function analysisPath(id: string): string {
	return `${ANALYSES_PATH}/${id}`;
}

export function jobPath(id: string): string {
	return `${JOBS_PATH}/${id}`;
}

export function projectPath(id: string): string {
	return `${PROJECTS_PATH}/${id}`;
}

export function samplePath(id: string): string {
	return `${SAMPLES_PATH}/${id}`;
}
