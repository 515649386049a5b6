import { baseUrlOf, s3ServiceOf } from '../../nodes/OneCodex/api/addresses';

const APP = 'https://app.onecodex.com';

describe('the Base URL', () => {
	it.each([
		[APP, APP],
		[`${APP}/`, APP],
		[`${APP}//`, APP],
		[` ${APP} `, APP],
		[`\u00a0${APP}\u00a0\r\n`, APP],
		[`\u200b\ufeff\u2060${APP}\u200b\u200e`, APP],
		[`\u3000\t${APP}\u2028`, APP],
		...['\u200b', '\ufeff', '\u00a0', ' ', '\u2060 '].flatMap((space) => [
			[`https://${space}app.onecodex.com${space}`, APP],
			[`https://gw.example${space}/g${space}/${space}`, 'https://gw.example/g'],
			[`https://gw.example/api/v1${space}/`, 'https://gw.example'],
			[`gw.example${space}:8443/${space}g/api/v1${space}/${space}?x`, 'https://gw.example:8443/g'],
		]),
		['https://gw.example/one\u200bcodex', 'https://gw.example/onecodex'],
		['https://gw.example/one codex', 'https://gw.example/one%20codex'],
		...[
			'ec2-198-51-100-1.compute-1.amazonaws.com',
			'ec2-198-51-100-1.eu-west-1.compute.amazonaws.com',
			'lab-1.us-east-1.elb.amazonaws.com',
			'a1b2.execute-api.us-east-1.amazonaws.com',
			'vpce-1a-2b.vpce-svc-3c.us-east-1.vpce.amazonaws.com',
		].map((host) => [`https://${host}`, `https://${host}`]),
		[`"${APP}"`, APP],
		[`<${APP}>`, APP],
		['https://app.onecodex.com.', APP],
		['HTTPS://App.OneCodex.COM', APP],
		['app.onecodex.com', APP],
		['//app.onecodex.com/', APP],
		['app.onecodex.com/api/v1', APP],
		['app.onecodex.com:443', APP],
		[`${APP}:443/`, APP],
		[`${APP}/api`, APP],
		[`${APP}/api/v1`, APP],
		[`${APP}/api/v1/`, APP],
		[`${APP}/api/v1/documents?page=1`, APP],
		[`${APP}/settings`, APP],
		[`${APP}/whatever/it/is`, APP],
		...['login', 'log-in', 'signin', 'sign-in', 'account', 'dashboard', 'document', 'sample'].map(
			(page) => [`https://x.example/g/${page}/1`, 'https://x.example/g'],
		),
		...['samples', 'analysis', 'analyses', 'project', 'projects', 'job', 'jobs', 'API'].map(
			(page) => [`https://x.example/g/${page}`, 'https://x.example/g'],
		),
		['https://www.onecodex.com.example', 'https://www.onecodex.com.example'],
		['https://notonecodex.com', 'https://notonecodex.com'],
		['https://amazonaws.com.example', 'https://amazonaws.com.example'],
		['https://myamazonaws.com', 'https://myamazonaws.com'],
		[`${APP}/documents/0123456789abcdef?tab=1#top`, APP],
		[`${APP}?utm=1`, APP],
		[`${APP}/#/x`, APP],
		['https://onecodex.example.org/api/v1', 'https://onecodex.example.org'],
		['https://onecodex.example.org/settings', 'https://onecodex.example.org'],
		['https://onecodex.example.org:8443/', 'https://onecodex.example.org:8443'],
		['https://gateway.example/onecodex', 'https://gateway.example/onecodex'],
		['https://gateway.example/onecodex/', 'https://gateway.example/onecodex'],
		['https://gateway.example/onecodex/api/v1/', 'https://gateway.example/onecodex'],
		['https://gateway.example/apis/x', 'https://gateway.example/apis/x'],
		...['api/onecodex', 'projects/onecodex', 'account/lab', 'api/v', 'jobs/x/y'].map((path) => [
			`https://gateway.example/${path}`,
			`https://gateway.example/${path}`,
		]),
		['https://gateway.example/api/onecodex/api/v1', 'https://gateway.example/api/onecodex'],
		[
			'https://gateway.example/projects/onecodex/samples',
			'https://gateway.example/projects/onecodex',
		],
		['https://x.example/g/samples/0123456789abcdef/files', 'https://x.example/g'],
		['gateway.example//onecodex', 'https://gateway.example//onecodex'],
		['https://10.0.0.5:8443', 'https://10.0.0.5:8443'],
		['10.0.0.5:8443', 'https://10.0.0.5:8443'],
		['http://localhost:5000/', 'http://localhost:5000'],
		['http://onecodex.localhost:5000', 'http://onecodex.localhost:5000'],
		['http://[::1]:5000', 'http://[::1]:5000'],
	])('%j is %s', (baseUrl, expected) => {
		expect(baseUrlOf({ baseUrl })).toBe(expected);
	});

	it.each([
		[undefined, /is not a URL/],
		['', /is not a URL/],
		[' \u200b ', /is not a URL/],
		['onecodex', /is not a URL/],
		['https://', /is not a URL/],
		['https://app one codex', /is not a URL/],
		['127.0.0.1:5000', /is not a URL/],
		['localhost:5000', /must start with https/],
		['http://app.onecodex.com', /must start with https:\/\/, not http:\/\//],
		['http://10.0.0.5', /must start with https/],
		['ftp://app.onecodex.com', /must start with https:\/\/, not ftp:\/\//],
		['htps://app.onecodex.com', /must start with https/],
		['https://onecodex.com', /is the address of onecodex.com, which .* https:\/\/app.onecodex.com/],
		['www.onecodex.com', /is the address of www.onecodex.com/],
		['https://docs.onecodex.com/en/', /is the address of docs.onecodex.com/],
		['https://developer.onecodex.com', /is the address of developer.onecodex.com/],
		['https://s3.amazonaws.com/bucket', /is the address of another service/],
		['https://me.app.n8n.cloud/', /is the address of another service/],
		['https://n8n.io', /is the address of another service.* https:\/\/app.onecodex.com\.$/],
	])('%j is refused', (baseUrl, message) => {
		expect(() => baseUrlOf({ baseUrl })).toThrow(message);
		expect(() => baseUrlOf({ baseUrl })).toThrow(expect.objectContaining({ kind: 'input' }));
		expect(() => baseUrlOf({ baseUrl })).toThrow(/^The Base URL of the One Codex credential /);
	});
});

const SECRET = '0123456789abcdef';

describe.each([
	['The Base URL', (value: string) => baseUrlOf({ baseUrl: value })],
	['The S3 Endpoint', (value: string) => s3ServiceOf({ baseUrl: APP, s3Endpoint: value })],
])('%s', (name, read) => {
	it.each([
		`https://${SECRET}@app.example.org`,
		`https://me${SECRET}:x@app.example.org/`,
		`https://:${SECRET}@app.example.org/`,
		`${SECRET}@app.example.org`,
		`${SECRET}:@app.example.org`,
		`a${SECRET}:@app.example.org`,
		`a${SECRET}:x`,
		SECRET,
		`a${SECRET}://x`,
	])('%j is refused, and nothing of it told', (value) => {
		let message = '';
		try {
			read(value);
		} catch (error) {
			const { facts } = error as { facts: object };
			message = String(error) + JSON.stringify(facts);
		}
		expect(message).toContain(`${name} of the One Codex credential`);
		expect(message).not.toContain(SECRET);
		expect(() => read(value)).toThrow(expect.objectContaining({ kind: 'input' }));
	});
});

it('a key in the address belongs into its own field', () => {
	expect(() => baseUrlOf({ baseUrl: `https://${SECRET}@onecodex.example` })).toThrow(
		expect.objectContaining({
			message: expect.stringMatching(/has a user name or a password in it$/),
			description: 'Enter the address alone. The API key has a field of its own.',
		}),
	);
});

describe('the S3 Endpoint', () => {
	it.each([
		[undefined, ''],
		['', ''],
		[' \u200b\n', ''],
		['https://s3.amazonaws.com', ''],
		['s3.amazonaws.com', ''],
		['https://s3.eu-west-1.amazonaws.com/', ''],
		['https://s3-eu-west-1.amazonaws.com', ''],
		[' https://s3.example.org/ ', 'https://s3.example.org'],
		['s3.example.org', 'https://s3.example.org'],
		['https://onecodex.com.example', 'https://onecodex.com.example'],
		['https://b.s3.amazonaws.com.example', 'https://b.s3.amazonaws.com.example'],
		['https://minio.example.org:9000//', 'https://minio.example.org:9000'],
		['https://storage.example.org/s3', 'https://storage.example.org/s3'],
		['https://onecodex.example.org/s3/', 'https://onecodex.example.org/s3'],
		['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
		[
			'https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
			'https://bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
		],
		[
			'https://s3.dualstack.eu-west-1.amazonaws.com',
			'https://s3.dualstack.eu-west-1.amazonaws.com',
		],
		['https://s3-us-gov-west-1.amazonaws.com', ''],
		['https://s3-accelerate.amazonaws.com', ''],
		...[
			'https://s3.cn-north-1.amazonaws.com.cn',
			'https://s3.dualstack.cn-north-1.amazonaws.com.cn',
			'https://s3-fips.us-east-1.amazonaws.com',
			'https://s3-fips.dualstack.us-gov-west-1.amazonaws.com',
			'https://s3-accelerate.dualstack.amazonaws.com',
			'https://vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com',
			'https://bucket.vpce-1a2b.s3.cn-north-1.vpce.amazonaws.com.cn',
			'https://ec2-198-51-100-1.compute-1.amazonaws.com:9000',
			'https://lab-1.us-east-1.elb.amazonaws.com/s3',
			'https://a1b2.execute-api.us-east-1.amazonaws.com/s3',
			'https://notamazonaws.com',
			'https://n8n.example.org',
		].map((same): [string, string] => [same, same]),
	])('%j is %j', (s3Endpoint, expected) => {
		const baseUrl = 'https://onecodex.example.org';
		expect(s3ServiceOf({ baseUrl, s3Endpoint })).toBe(expected);
	});

	it.each([
		['s3', /is not a URL/],
		['http://s3.example.org', /must start with https:\/\/, not http:\/\//],
		['s3://bucket', /must start with https:\/\/, not s3:\/\//],
		['https://app.onecodex.com', /is the address of One Codex\. Leave it empty/],
		['https://onecodex.com', /is the address of One Codex/],
		['https://onecodex.example.org', /is the address of One Codex/],
		['https://s3.amazonaws.com/bucket', /has more than the address of the service/],
		['https://bucket.s3.amazonaws.com', /has more than the address of the service/],
		['https://my.bucket.s3.eu-west-1.amazonaws.com/', /has more than the address of the service/],
		...[
			'https://x.s3.cn-north-1.amazonaws.com.cn',
			'https://x.s3-eu-west-1.amazonaws.com',
			'https://x.s3.dualstack.us-east-1.amazonaws.com',
			'https://x.s3-fips.us-east-1.amazonaws.com',
			'https://x.s3-accelerate.amazonaws.com',
			'https://my.s3.bucket.s3.amazonaws.com',
			'https://x.bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com',
			'https://s3.dualstack.us-east-1.amazonaws.com/bucket',
			'https://s3-fips.us-east-1.amazonaws.com/bucket/key',
			'https://s3.cn-north-1.amazonaws.com.cn/bucket',
			'https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com/x',
		].map((url): [string, RegExp] => [url, /has more than the address of the service/]),
		...[
			'https://s3.console.aws.amazon.com/s3/buckets/mybucket',
			'https://us-east-1.console.aws.amazon.com/s3',
			'https://console.aws.amazon.com',
			'https://console.amazonaws.cn/s3',
			'https://console.amazonaws-us-gov.com/s3',
			'https://aws.amazon.com/s3',
			'https://amazonaws.com',
			'https://dynamodb.us-east-1.amazonaws.com',
			'https://ec2.us-east-1.amazonaws.com',
			'https://s3-control.us-east-1.amazonaws.com',
			'https://s3-website-us-east-1.amazonaws.com',
			'https://my.n8n.cloud',
			'https://app.n8n.cloud/workflow/1',
			'n8n.io',
		].map((url): [string, RegExp] => [url, /the address of another service\. Leave it empty/]),
		['https://s3.example.org/?X-Amz-Signature=x', /has more than the address of the service/],
	])('%j is refused', (s3Endpoint, message) => {
		const baseUrl = 'https://onecodex.example.org';
		expect(() => s3ServiceOf({ baseUrl, s3Endpoint })).toThrow(message);
		expect(() => s3ServiceOf({ baseUrl, s3Endpoint })).toThrow(
			expect.objectContaining({ kind: 'input' }),
		);
		expect(() => s3ServiceOf({ baseUrl, s3Endpoint })).toThrow(/^The S3 Endpoint of the One Codex/);
	});
});
