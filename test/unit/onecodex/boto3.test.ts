import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
	isComplete,
	isGetObject,
	isList,
	isPart,
	isPutObject,
	type OneCodexStandIn,
	startOneCodex,
} from '../../onecodex';
import { lend, type S3 } from './s3Client';
import { pythonWith } from './python';

const run = promisify(execFile);
const MIB = 2 ** 20;

/**
 * The calls of the vendor's own client, and what else boto3 is used for. By plain HTTP it signs every
 * body. The bytes are made here, so that none have to cross the processes' border.
 */
const SCRIPT = `
import hashlib, io, json, os, random
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

lent = json.loads(os.environ['LENT'])
bucket, key = lent['s3_bucket'], lent['file_id']
content = random.Random(7).randbytes(int(os.environ['SIZE']))
client = boto3.client(
    's3',
    endpoint_url=os.environ['ENDPOINT'],
    region_name=os.environ['REGION'] or None,
    aws_access_key_id=lent['upload_aws_access_key_id'],
    aws_secret_access_key=lent['upload_aws_secret_access_key'],
    config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}),
)

def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response['Error']['Code']

def listed():
    answer = client.list_objects_v2(Bucket=bucket, Prefix=key)
    return [[each['Key'], each['Size'], each['ETag']] for each in answer.get('Contents', [])]

before = listed()
client.upload_fileobj(
    io.BytesIO(content), bucket, key, ExtraArgs={'ServerSideEncryption': 'AES256'})
downloaded = io.BytesIO()
client.download_fileobj(bucket, key, downloaded)
print(json.dumps({
    'sha256': hashlib.sha256(content).hexdigest(),
    'isSame': downloaded.getvalue() == content,
    'before': before,
    'after': listed(),
    'head': client.head_object(Bucket=bucket, Key=key)['ContentLength'],
    'ofTheBucket': refused(client.list_objects_v2, Bucket=bucket),
    'ofAnother': refused(client.get_object, Bucket=bucket, Key='another'),
    'notEncrypted': refused(client.put_object, Bucket=bucket, Key=key, Body=b'x'),
}))
`;

let standIn: OneCodexStandIn;
let python: string;
beforeAll(async () => {
	standIn = await startOneCodex();
	python = await pythonWith('boto3');
});
afterAll(() => standIn.close());
afterEach(() => standIn.reset());

interface Result {
	sha256: string;
	after: unknown[];
}

async function runScript({ lent }: S3, size: number, region: string): Promise<Result> {
	const env = {
		PATH: process.env.PATH,
		ENDPOINT: standIn.storageUrl,
		LENT: JSON.stringify(lent),
		REGION: region,
		SIZE: String(size),
		// No look at the machine's own configuration, or for a role of an EC2 instance.
		AWS_CONFIG_FILE: '/dev/null',
		AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
		AWS_EC2_METADATA_DISABLED: 'true',
	};
	const { stdout } = await run(python, ['-c', SCRIPT], { env, timeout: 50_000 });
	return JSON.parse(stdout) as Result;
}

const count = (match: typeof isPart): number => standIn.requests.filter(match).length;

test.each([
	['below 8 MiB: in one request', 8 * MIB - 1, { puts: 1, parts: 0, completions: 0, gets: 1 }],
	['above 8 MiB: in parts', 20 * MIB + 1, { puts: 0, parts: 3, completions: 1, gets: 3 }],
])('boto3 uploads, lists and downloads a file of %s', async (_what, size, expected) => {
	const s3 = await lend(standIn);
	const { sha256, after, ...result } = await runScript(s3, size, 'eu-central-1');
	expect(result).toEqual({
		isSame: true,
		before: [],
		head: size,
		ofTheBucket: 'AccessDenied',
		ofAnother: 'AccessDenied',
		notEncrypted: 'AccessDenied',
	});
	const [{ object: uploaded }] = standIn.imports;
	expect(after).toEqual([[s3.lent.file_id, size, uploaded?.etag]]);
	// Of each of these one was made to be refused.
	expect({
		puts: count(isPutObject) - 1,
		parts: count(isPart),
		completions: count(isComplete),
		gets: count(isGetObject) - 1,
	}).toEqual(expected);
	expect(count(isList)).toBe(3);
	for (const { headers } of standIn.requests.filter(
		(request) => isPart(request) || isPutObject(request),
	)) {
		expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
	}

	expect((await s3.callback({ filename: 'reads.fastq' })).status).toBe(200);
	const [{ object, filename }] = standIn.documents;
	expect({ filename, size: object?.size, sha256: object?.sha256 }).toEqual({
		filename: 'reads.fastq',
		size,
		sha256,
	});
});

test('boto3 that is told no region finds it, as for the vendor', async () => {
	const s3 = await lend(standIn);
	const { sha256 } = await runScript(s3, 1000, '');
	expect((await s3.callback()).status).toBe(200);
	expect(standIn.documents).toMatchObject([{ object: { sha256 } }]);
});
