import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
	isPart,
	isPutObject,
	isSampleCallback,
	isSampleInit,
	type OneCodexStandIn,
	startOneCodex,
} from '../../onecodex';
import { pythonWith } from './python';

const run = promisify(execFile);
const MIB = 2 ** 20;

/**
 * The calls that the vendor's client makes for a sample (onecodex/lib/upload.py), one after the other:
 * a pair's second file first, and one callback.
 */
const SCRIPT = `
import base64, hashlib, io, json, os, random, urllib.request
import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

base = os.environ['BASE']
basic = base64.b64encode((os.environ['KEY'] + ':').encode()).decode()

def post(url, json_body):
    request = urllib.request.Request(base + url, json.dumps(json_body).encode(), {
        'Authorization': 'Basic ' + basic, 'Content-Type': 'application/json'})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200
        return json.load(answer)

def upload(content, fields, key):
    client = boto3.client(
        's3',
        endpoint_url=os.environ['ENDPOINT'],
        aws_access_key_id=fields['upload_aws_access_key_id'],
        aws_secret_access_key=fields['upload_aws_secret_access_key'],
        config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}))
    client.upload_fileobj(
        io.BytesIO(content), fields['s3_bucket'], key,
        ExtraArgs={'ServerSideEncryption': 'AES256'},
        Config=TransferConfig(use_threads=False, multipart_chunksize=10 * 1024 * 1024))

r1, r2 = [random.Random(seed).randbytes(size) for seed, size in enumerate(json.loads(os.environ['SIZES']))]
fields = post('/api/v1/samples/init_multipart_upload', {
    'sample_id': None, 'external_sample_id': None,
    'filename': 'a_R1.fastq.gz', 'paired_end_filename': 'a_R2.fastq.gz',
    'metadata': {'name': 'Stool 1', 'custom': {'lab': 7}}, 'tags': [{'name': 'gut'}],
    'project': os.environ['PROJECT']})
upload(r2, fields, fields['paired_end_file_id'])
upload(r1, fields, fields['file_id'])
answer = post(fields['callback_url'], {
    's3_path': 's3://%s/%s' % (fields['s3_bucket'], fields['file_id']), 'filename': 'a_R1.fastq.gz'})
print(json.dumps({
    'sampleId': answer['sample_id'],
    'sha256': [hashlib.sha256(content).hexdigest() for content in (r1, r2)]}))
`;

let standIn: OneCodexStandIn;
beforeAll(async () => {
	standIn = await startOneCodex();
});
afterAll(() => standIn.close());

test("the vendor's way of a pair: init, second file, first file, callback", async () => {
	const project = standIn.seedProject({ name: 'Gut' });
	const sizes = [12 * MIB + 1, 1000];
	const env = {
		PATH: process.env.PATH,
		BASE: standIn.baseUrl,
		KEY: standIn.apiKey,
		ENDPOINT: standIn.storageUrl,
		PROJECT: project.id,
		SIZES: JSON.stringify(sizes),
		// No look at the machine's own configuration, or for a role of an EC2 instance.
		AWS_CONFIG_FILE: '/dev/null',
		AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
		AWS_EC2_METADATA_DISABLED: 'true',
	};
	const python = await pythonWith('boto3');
	const { stdout } = await run(python, ['-c', SCRIPT], { env, timeout: 50_000 });
	const { sampleId, sha256 } = JSON.parse(stdout) as { sampleId: string; sha256: string[] };
	const sample = standIn.sample(sampleId);
	expect(sample).toMatchObject({
		filename: 'a_R1.fastq.gz',
		pairedEndFilename: 'a_R2.fastq.gz',
		status: 'available',
		projectId: project.id,
		size: sizes[0] + sizes[1],
		confirmations: 1,
	});
	expect(sample.files.map((file) => file.sha256)).toEqual(sha256);
	// Told no region, boto3 is refused once and signs for the right one then.
	const count = (match: typeof isPart): number =>
		standIn.requests.filter((request) => request.status === 200 && match(request)).length;
	expect([isSampleInit, isPutObject, isPart, isSampleCallback].map(count)).toEqual([1, 1, 2, 1]);
});
