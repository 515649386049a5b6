import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { storagePathVariable } from '../differences';
import { Host, type BinaryDataMode } from '../host';
import type { Server } from '../server';
import type { RunningServer } from '../servers/program';
import { postgresUser, startPostgres } from './postgres';
import { startRedis } from './redis';

/** n8n in queue mode, running: main takes the webhooks, the workers run the executions. */
export interface Running {
	main: Server;
	workers: Server[];
	stop(): Promise<void>;
}

/**
 * PostgreSQL, Redis, and for main and each worker a user folder of its own with our package, as if
 * each were on a machine of its own.
 */
export class Cluster {
	private constructor(
		private readonly services: RunningServer[],
		private readonly sharedFolder: string,
		private readonly hosts: Host[],
	) {}

	/** @param settings further settings of n8n, for all processes */
	static async create(workers: number, settings: Record<string, string> = {}): Promise<Cluster> {
		const sharedFolder = await mkdtemp(join(tmpdir(), 'n8n-shared-'));
		const cluster = new Cluster([], sharedFolder, []);
		try {
			for (const start of [startPostgres, startRedis]) cluster.services.push(await start());
			const [postgres, redis] = cluster.services;
			const common = {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_DATABASE: 'postgres',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: String(postgres.port),
				DB_POSTGRESDB_USER: postgresUser,
				EXECUTIONS_MODE: 'queue',
				N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
				[storagePathVariable]: sharedFolder,
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: String(redis.port),
				...settings,
			};
			for (let host = 0; host <= workers; host++) {
				cluster.hosts.push(await Host.create({ settings: common }));
			}
			return cluster;
		} catch (error) {
			await cluster.close();
			throw error;
		}
	}

	/** What all have of credentials and workflows is in its database. */
	get main(): Host {
		return this.hosts[0];
	}

	async start(mode: BinaryDataMode): Promise<Running> {
		const [main, ...workers] = this.hosts;
		const servers: Server[] = [];
		const stop = async () => {
			await Promise.all(servers.map(async (server) => await server.stop()));
		};
		try {
			// Main first, for it is what brings the database up to date.
			servers.push(await main.start(undefined, mode));
			const started = workers.map(async (host) => await host.startWorker(mode));
			const settled = await Promise.allSettled(started);
			for (const one of settled) if (one.status === 'fulfilled') servers.push(one.value);
			await Promise.all(started);
		} catch (error) {
			await stop();
			throw error;
		}
		return { main: servers[0], workers: servers.slice(1), stop };
	}

	async close(): Promise<void> {
		for (const { stop } of this.services) await stop();
		for (const host of this.hosts) await host.close();
		await rm(this.sharedFolder, { recursive: true, force: true });
	}
}

/** How many executions a worker finished, as its log says. */
export async function executionsOf({ logFile }: Server): Promise<number> {
	const log = await readFile(logFile, 'utf8');
	return log.match(/Worker finished execution/g)?.length ?? 0;
}
