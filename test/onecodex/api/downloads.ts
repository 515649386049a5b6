import { presignedUrl } from '../storage/presign';
import { readableDocument } from './access';
import type { Route } from './router';

const HOUR = 3600;

export const downloadRoutes: Route[] = [
	{
		method: 'POST',
		path: '/api/v1/documents/:id/download_uri',
		// The description gives it no body, and the vendor's client sends none: one that comes is not read.
		handle: (call) => {
			const { state, uploadUrl } = call;
			const { downloadLifetime, signingKey } = state.settings;
			const document = readableDocument(call);
			document.downloads += 1;
			return {
				status: 200,
				body: {
					download_uri: presignedUrl(
						{
							root: uploadUrl,
							bucket: state.bucket,
							key: state.objectKey(document),
							expires: Math.floor(Date.now() / 1000) + downloadLifetime,
						},
						signingKey,
					),
					expires_in_hours: Math.trunc(downloadLifetime / HOUR),
				},
			};
		},
	},
];
