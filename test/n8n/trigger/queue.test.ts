import { startOneCodex, type OneCodexStandIn } from '../../onecodex';
import { credentialOf } from '../host';
import { RestClient } from '../rest';
import { Watched } from './watched';
import { Cluster, executionsOf } from '../queue/cluster';

jest.setTimeout(600_000);

const batches = 12;

let service: OneCodexStandIn;
let cluster: Cluster;

beforeAll(async () => {
	service = await startOneCodex();
	cluster = await Cluster.create(2);
});

afterAll(async () => {
	await cluster?.close();
	await service?.close();
});

it('main polls, and two workers run what comes, each once', async () => {
	const { main, workers, stop } = await cluster.start('filesystem');
	try {
		const client = new RestClient(main.url);
		await client.logIn();
		await client.addCredential(credentialOf(service));
		const watched = await Watched.begin('queued', 'documentUploaded', { client, service });
		const names: string[] = [];
		for (let batch = 0; batch < batches; batch++) {
			const more = [1, 2, 3].map((number) => `${batch}-${number}.pdf`);
			for (const filename of more) service.seed({ filename, size: 5 });
			names.push(...more);
			await watched.polls(1);
		}
		await watched.gets(...names);

		const shares = await Promise.all(workers.map(executionsOf));
		console.log(`By the workers ${shares.join(' + ')} executions`);
		expect(shares[0] + shares[1]).toBe(await watched.executions());
		for (const share of shares) expect(share).toBeGreaterThan(0);
	} finally {
		await stop();
	}
});
