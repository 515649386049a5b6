import { pythonWith, runForJob } from './programs';
import type { Peer } from './types';

/**
 * What the vendor's own client does with a document (onecodex, lib/upload.py): keys from One Codex,
 * upload_fileobj without threads, the smallest whole tens of MiB that make fewer than 10,000 parts.
 * Its S3 is reached by https, where botocore leaves the body out of the signature; so it does here.
 */
const SCRIPT = `
import os
import boto3, botocore.config, requests
from boto3.s3.transfer import TransferConfig

base, endpoint = os.environ['BENCH_BASE_URL'], os.environ['BENCH_S3_ENDPOINT']
session = requests.Session()
session.auth = (os.environ['ONE_CODEX_API_KEY'], '')

def post(url, **body):
    answer = session.post(url, **body)
    answer.raise_for_status()
    return answer.json()

size = os.path.getsize('report.pdf')
chunk = next(mib * 1024**2 for mib in range(10, 110, 10) if size / (mib * 1024**2) < 9999)
fields = post(base + '/api/v1/documents/init_multipart_upload')
client = boto3.session.Session().client(
    's3',
    aws_access_key_id=fields['upload_aws_access_key_id'],
    aws_secret_access_key=fields['upload_aws_secret_access_key'],
    endpoint_url=endpoint,
    region_name='eu-central-1',
    config=botocore.config.Config(
        s3={'addressing_style': 'path', 'payload_signing_enabled': False}),
)
with open('report.pdf', 'rb') as file:
    client.upload_fileobj(
        file,
        fields['s3_bucket'],
        fields['file_id'],
        ExtraArgs={'ServerSideEncryption': 'AES256'},
        Config=TransferConfig(use_threads=False, multipart_chunksize=chunk),
    )
post(base + fields['callback_url'], json={
    's3_path': 's3://{}/{}'.format(fields['s3_bucket'], fields['file_id']),
    'filename': 'report.pdf',
    'import_as_document': fields['import_as_document'],
})
`;

const find = async () => await pythonWith('boto3, requests');

export const boto3: Peer = {
	id: 'boto3',
	name: 'boto3, as the vendor',
	what: "the calls of the vendor's own client, `onecodex`: boto3's upload_fileobj in parts, one thread",
	sends: 'parts',
	missing: async () => ((await find()) ? undefined : 'Python boto3 is not installed'),
	async run(job) {
		return await runForJob([(await find()) ?? 'python3', '-c', SCRIPT], job, {
			BENCH_BASE_URL: job.account.baseUrl,
			BENCH_S3_ENDPOINT: job.account.s3Endpoint,
			// No look at the machine's own configuration, or for a role of an EC2 instance.
			AWS_CONFIG_FILE: '/dev/null',
			AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
			AWS_EC2_METADATA_DISABLED: 'true',
		});
	},
};
