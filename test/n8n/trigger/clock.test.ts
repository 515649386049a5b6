import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { ago, Instance } from './instance';

jest.setTimeout(600_000);

const HOUR = 3_600_000;

/** Loaded before n8n: what it takes for the time is off by so much. */
const clockOffBy = (milliseconds: number) => `
const Real = Date;
const real = Date.now.bind(Date);
const now = () => real() + ${milliseconds};
globalThis.Date = new Proxy(Real, {
	construct: (target, args, to) => Reflect.construct(target, args.length ? args : [now()], to),
	apply: () => new Real(now()).toString(),
	get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
`;

let service: OneCodexStandIn;
let folder: string;

beforeAll(async () => {
	service = await startOneCodex();
	folder = await mkdtemp(join(tmpdir(), 'clock-'));
});
beforeEach(() => service.reset());
afterAll(async () => {
	await service?.close();
	await rm(folder, { recursive: true, force: true });
});

it.each([HOUR, -HOUR])('the clock of this machine may be off by %i ms', async (off) => {
	const preload = join(folder, `clock${off}.cjs`);
	await writeFile(preload, clockOffBy(off));
	const n8n = await Instance.start(service, { NODE_OPTIONS: `--require=${preload}` });
	try {
		service.seed({ filename: 'old.pdf', size: 5, createdAt: ago(60_000) });
		const documents = await n8n.watch(`documents${off}`, 'documentUploaded');
		const samples = await n8n.watch(`samples${off}`, 'sampleAvailable');
		service.seed({ filename: 'new.pdf', size: 5 });
		service.seedSample({ filename: 'new.fastq' });
		await documents.gets('new.pdf');
		await samples.gets('new.fastq');
		service.seed({ filename: 'newer.pdf', size: 5 });
		service.seedSample({ filename: 'newer.fastq' });
		await documents.gets('new.pdf', 'newer.pdf');
		await samples.gets('new.fastq', 'newer.fastq');
	} finally {
		await n8n.close();
	}
});
