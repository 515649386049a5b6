import {
	NodeConnectionTypes,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { API_REQUEST_DEFAULTS } from './api/request';
import { sendItem } from './api/routing';
import { searchAnalyses } from './listSearch/analyses';
import { searchDocuments } from './listSearch/documents';
import { searchJobs } from './listSearch/jobs';
import { searchProjects } from './listSearch/projects';
import { searchSamples } from './listSearch/samples';
import { searchUsers } from './listSearch/users';
import { download } from './resources/document/download';
import { getAll } from './resources/document/getAll';
import { documentDescription } from './resources/document/index';
import { analysisDescription, analysisOperations } from './resources/analysis';
import { jobDescription, jobOperations } from './resources/job';
import { projectDescription, projectOperations } from './resources/project';
import { sampleDescription, sampleOperations } from './resources/sample';
import { initRenamedHint } from './resources/document/initUpload';
import { uploadDocument } from './resources/document/uploadDocument';
import { uploadFile } from './resources/document/uploadFile';

/** In the order of use, as are the operations of each: n8n's panel shows them so. */
const RESOURCES: INodePropertyOptions[] = [
	{ name: 'Sample', value: 'sample' },
	{ name: 'Analysis', value: 'analysis' },
	{ name: 'Document', value: 'document' },
	{ name: 'Project', value: 'project' },
	{ name: 'Job', value: 'job' },
];

export class OneCodex implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'One Codex',
		name: 'oneCodex',
		icon: { light: 'file:onecodex.svg', dark: 'file:onecodex.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ [$parameter["resource"], $parameter["operation"]].map((name) => name.replace(/[A-Z]/g, " $&").replace("get All", "get Many").toTitleCase()).join(": ") }}',
		description:
			'Upload samples and documents to One Codex, the platform for microbial genomics, and get what it found',
		defaults: { name: 'One Codex' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'oneCodexApi', required: true }],
		hints: [initRenamedHint],
		requestDefaults: {
			...API_REQUEST_DEFAULTS,
			baseURL: '={{ $credentials.baseUrl }}',
		},
		requestOperations: { pagination: sendItem },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: RESOURCES,
				default: 'document',
			},
			...sampleDescription,
			...analysisDescription,
			...documentDescription,
			...projectDescription,
			...jobDescription,
		],
	};

	/**
	 * What routing cannot express: requests that depend on each other, a file streamed to or from
	 * S3, and a bound on how many go at once. Routing fires the requests of all items together.
	 */
	customOperations = {
		document: { uploadDocument, uploadFile, download, getAll },
		analysis: analysisOperations,
		job: jobOperations,
		project: projectOperations,
		sample: sampleOperations,
	};

	methods = {
		listSearch: {
			searchAnalyses,
			searchDocuments,
			searchJobs,
			searchProjects,
			searchSamples,
			searchUsers,
		},
	};
}
