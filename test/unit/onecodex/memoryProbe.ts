import { startOneCodex } from '../../onecodex';

/** A stand-in in a process of its own, which tells its parent where it is and what it has stored. */
async function main(): Promise<void> {
	const standIn = await startOneCodex({ requestsPerSecond: 0 });
	const { baseUrl, storageUrl, apiKey } = standIn;
	process.on('message', () => {
		process.send?.({
			/** KiB, the most that the process ever had. */
			maxRss: process.resourceUsage().maxRSS,
			stored: standIn.documents.map(({ object }) => object?.sha256),
		});
	});
	process.on('disconnect', () => void standIn.close());
	process.send?.({ baseUrl, storageUrl, apiKey });
}

void main();
