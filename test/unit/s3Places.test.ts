import { checkEtag, isOtherEncryption } from '../../nodes/OneCodex/storage/integrity';
import { elsewhere, regionOf } from '../../nodes/OneCodex/storage/s3Redirect';
import { objectUrl } from '../../nodes/OneCodex/storage/s3Target';

const answer = (statusCode: number, headers = {}, text = '') => ({ statusCode, headers, text });
const element = (name: string, value: string) => `<Error><${name}>${value}</${name}></Error>`;

it.each([
	[{ 'x-amz-bucket-region': 'eu-west-1' }, '', 'eu-west-1'],
	[{ 'x-amz-bucket-region': 'eu-west-1' }, element('Region', 'us-west-2'), 'eu-west-1'],
	[{}, element('Region', 'us-west-2'), 'us-west-2'],
	[{}, element('Endpoint', 'bucket.s3.eu-west-1.amazonaws.com'), 'eu-west-1'],
	[{}, element('Endpoint', 's3-eu-west-1.amazonaws.com'), 'eu-west-1'],
	[{}, element('Endpoint', 'bucket.s3.amazonaws.com'), ''],
	[{}, element('Endpoint', 'bucket.xs3.eu-west-1.amazonaws.com'), ''],
	[{ 'x-amz-bucket-region': 'evil.example/' }, '', ''],
	[{}, element('Region', 'evil.example#'), ''],
	[{}, element('Region', 'eu-west-1 x'), ''],
	[{ 'x-amz-bucket-region': ['a', 'b'] }, '', ''],
	[{}, '', ''],
])('%j and %j name the region %j', (headers, text, region) => {
	expect(regionOf(answer(400, headers, text))).toBe(region);
});

describe('a signed request', () => {
	const region = { 'x-amz-bucket-region': 'eu-west-1' };
	const location = 'https://bucket.s3.eu-west-1.amazonaws.com/';

	it.each([
		[301, { ...region, location }, { region: 'eu-west-1' }],
		[302, { ...region, location }, { region: 'eu-west-1' }],
		[400, region, { region: 'eu-west-1' }],
		[403, region, { region: 'eu-west-1' }],
		[499, region, { region: 'eu-west-1' }],
		[307, { ...region, location }, { location }],
		[308, { location }, { location }],
		[301, { location }, { location }],
		[302, { 'x-amz-bucket-region': 'us-east-1', location }, { location }],
		[307, region, undefined],
		[301, { location: [location] }, undefined],
		[303, { location }, undefined],
		[304, { location }, undefined],
		[400, { location }, undefined],
		[403, { 'x-amz-bucket-region': 'us-east-1' }, undefined],
		[200, region, undefined],
		[299, region, undefined],
		[300, region, { region: 'eu-west-1' }],
		[500, region, undefined],
	])('for us-east-1 answered with %i and %j belongs to %j', (statusCode, headers, place) => {
		expect(elsewhere(answer(statusCode, headers), 'us-east-1')).toEqual(place);
	});
});

describe('the URL of an object', () => {
	const keys = { accessKeyId: '', secretAccessKey: '' };
	const at = (bucket: string, endpoint = '', key = 'k', query?: Record<string, string>) =>
		objectUrl({ bucket, key, keys, endpoint, region: 'eu-west-1' }, query);

	it.each([
		['bucket', 'https://bucket.s3.eu-west-1.amazonaws.com/k'],
		['a-1', 'https://a-1.s3.eu-west-1.amazonaws.com/k'],
		['a'.repeat(63), `https://${'a'.repeat(63)}.s3.eu-west-1.amazonaws.com/k`],
		['a'.repeat(64), `https://s3.eu-west-1.amazonaws.com/${'a'.repeat(64)}/k`],
		['ab', 'https://s3.eu-west-1.amazonaws.com/ab/k'],
		// A name with a period has no certificate of its own, and one in capitals is no host.
		['my.bucket', 'https://s3.eu-west-1.amazonaws.com/my.bucket/k'],
		['Bucket', 'https://s3.eu-west-1.amazonaws.com/Bucket/k'],
		['bucket_', 'https://s3.eu-west-1.amazonaws.com/bucket_/k'],
	])('in the bucket %s is %s', (bucket, url) => expect(at(bucket)).toBe(url));

	it('is in path style at another service, and encoded as it is signed', () => {
		expect(at('bucket', 'https://s3.example/x//')).toBe('https://s3.example/x/bucket/k');
		expect(at('b', 'https://s3.example', 'a b/ü+(1).txt')).toBe(
			'https://s3.example/b/a%20b/%C3%BC%2B%281%29.txt',
		);
		expect(at('b', 'https://s3.example', 'k', { uploads: '', id: 'a/b c' })).toBe(
			'https://s3.example/b/k?uploads=&id=a%2Fb%20c',
		);
	});

	it('is never an address that anybody can read along', () => {
		expect(() => at('b', 'http://s3.example')).toThrow(/^The S3 Endpoint .* https:/);
	});
});

describe('what the storage has', () => {
	const MD5 = '0123456789abcdef0123456789abcdef';
	const OTHER = 'f'.repeat(32);

	it.each([
		[MD5, ''],
		[MD5.toUpperCase(), 'AES256'],
		// What is no MD5 of the bytes tells nothing.
		[OTHER, 'aws:kms'],
		[OTHER, 'x-amz-server-side-encryption-customer-algorithm AES256'],
		[`${OTHER}-2`, ''],
		[`x${OTHER}`, ''],
		[OTHER.slice(1), ''],
		['', ''],
	])('is as it was sent, as far as the ETag %s can tell with encryption %j', (etag, encryption) => {
		expect(() => checkEtag(etag, MD5, encryption)).not.toThrow();
	});

	it.each([
		[OTHER, ''],
		[OTHER.toUpperCase(), 'AES256'],
		[OTHER, 'undefined x-amz-server-side-encryption AES256'],
	])('is other than what was sent by the ETag %s with encryption %j', (etag, encryption) => {
		expect(() => checkEtag(etag, MD5, encryption)).toThrow(
			expect.objectContaining({
				kind: 'service',
				message: 'The storage has other bytes than were sent',
				facts: { isTransient: true, description: expect.any(String) },
			}),
		);
	});

	it('has another ETag by KMS and by keys of a customer, in whatever letters', () => {
		const all = ['aws:KMS', 'aws:kms:dsse', 'Customer', 'AES256', ''].map(isOtherEncryption);
		expect(all).toEqual([true, true, true, false, false]);
	});
});
