import type { BenchN8n } from '../n8n';
import type { Account } from '../sinkProcess';
import { axiosForm } from './axiosForm';
import { boto3 } from './boto3';
import { curl } from './curl';
import { httpie } from './httpie';
import { n8nHttpRequest } from './n8nHttpRequest';
import { uploadDocument, withoutUpload } from './n8nPeer';
import { pythonRequests } from './pythonRequests';
import type { Peer } from './types';

export const byForm = (n8n: BenchN8n): Peer =>
	uploadDocument(
		n8n,
		{
			id: 'ours-form',
			name: 'One Codex node, form',
			what: 'this package in n8n: Upload Document with Transfer at Form POST, Verify Integrity on',
			sends: 'form',
		},
		{ transfer: 'post' },
	);

/** What the check costs is what curl and the others do not do. */
const unverified = (n8n: BenchN8n): Peer =>
	uploadDocument(
		n8n,
		{
			id: 'ours-unverified',
			name: 'One Codex node, form, unverified',
			what: 'the same with Verify Integrity off, as no other peer that sends a form verifies',
			sends: 'form',
		},
		{ transfer: 'post', verifyIntegrity: false },
	);

export const inParts = (n8n: BenchN8n): Peer =>
	uploadDocument(
		n8n,
		{
			id: 'ours-parts',
			name: 'One Codex node, parts',
			what: 'this package in n8n: Upload Document with Transfer at Multipart Upload (4 parts of 16 MiB at a time), Verify Integrity on',
			sends: 'parts',
		},
		{ transfer: 'multipart' },
	);

const inPartsUnverified = (n8n: BenchN8n): Peer =>
	uploadDocument(
		n8n,
		{
			id: 'ours-parts-unverified',
			name: 'One Codex node, parts, unverified',
			what: 'the same with Verify Integrity off',
			sends: 'parts',
		},
		{ transfer: 'multipart', verifyIntegrity: false },
	);

/** All that are compared, in the order in which tables have them. */
export const allPeers = (n8n: BenchN8n, { baseUrl }: Account): Peer[] => [
	curl,
	pythonRequests,
	httpie,
	boto3,
	axiosForm,
	n8nHttpRequest(n8n, baseUrl),
	byForm(n8n),
	unverified(n8n),
	inParts(n8n),
	inPartsUnverified(n8n),
	withoutUpload(n8n),
];
