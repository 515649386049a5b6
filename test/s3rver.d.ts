declare module '@20minutes/s3rver' {
	/** As far as the tests use it; the package has no types of its own. */
	export default class S3rver {
		constructor(options: {
			address: string;
			port: number;
			silent: boolean;
			directory: string;
			configureBuckets: Array<{ name: string; configs: string[] }>;
		});
		run(): Promise<{ port: number }>;
		close(): Promise<void>;
	}
}
