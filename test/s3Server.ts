import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask } from './ask';

/** The keys of its one account, which it checks every signature with. */
export const s3rverKeys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** An S3 server that is not ours: s3rver, with one bucket, on a folder of its own. */
export async function startS3rver(bucket: string) {
	const { default: S3rver } = await import('@20minutes/s3rver');
	const directory = mkdtempSync(join(tmpdir(), 's3rver-'));
	const listen = async (wanted: number) => {
		const server = new S3rver({
			address: '127.0.0.1',
			port: wanted,
			silent: true,
			directory,
			configureBuckets: [{ name: bucket, configs: [] }],
		});
		return { server, port: (await server.run()).port };
	};
	let { server, port } = await listen(0);
	const url = `http://127.0.0.1:${port}`;
	return {
		directory,
		url,
		/** Of n8n's S3 node. */
		credential: {
			endpoint: url,
			region: 'us-east-1',
			...s3rverKeys,
			forcePathStyle: true,
			ignoreSSLIssues: false,
		},
		/** Without a signature, which it takes from everybody. */
		async put(key: string, body: Buffer): Promise<void> {
			const answer = await ask(encodeURI(`${url}/${bucket}/${key}`), { method: 'PUT', body });
			if (!answer.ok) throw new Error(`s3rver answered ${answer.status}: ${await answer.text()}`);
		},
		stop: async () => await server.close(),
		/** Starts it again, where it was. */
		async start() {
			({ server, port } = await listen(port));
		},
		close: async () => {
			// It may be stopped already.
			await server.close().catch(() => {});
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

export type S3rver = Awaited<ReturnType<typeof startS3rver>>;
