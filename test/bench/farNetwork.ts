/**
 * A far network, as a process of its own: what goes through it to the target is held back to a rate
 * for each connection, and by a delay on each way. It ends with the process that started it.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface FarNetworkSettings {
	/** Where it listens. */
	port: number;
	/** A port of this machine. */
	target: number;
	/** For each connection, and each of its ways. */
	bytesPerSecond: number;
	/** Milliseconds that a byte is under way. */
	delay: number;
}

const settings = JSON.parse(process.argv[2]) as FarNetworkSettings;
const { bytesPerSecond, delay } = settings;
/** What a sender may have under way: the product of bandwidth and round trip, as TCP's window. */
const WINDOW = Math.ceil((bytesPerSecond * 2 * delay) / 1_000) + 2 ** 16;

interface UnderWay {
	/** Empty for the end. */
	chunk: Buffer;
	arrives: number;
}

/** One way of a connection. @param free when the first byte may leave */
function carry(from: Socket, to: Socket, free: number): void {
	const queue: UnderWay[] = [];
	let queued = 0;
	let timer: NodeJS.Timeout | undefined;

	const untilNext = (): number => Math.max(1, queue[0].arrives - performance.now());
	const arrive = (): void => {
		timer = undefined;
		while (queue.length > 0 && queue[0].arrives <= performance.now()) {
			const { chunk } = queue[0];
			queue.shift();
			queued -= chunk.length;
			if (chunk.length === 0) to.end();
			else to.write(chunk);
		}
		if (queued < WINDOW) from.resume();
		if (queue.length > 0) timer = setTimeout(arrive, untilNext());
	};
	const leave = (chunk: Buffer): void => {
		free = Math.max(free, performance.now()) + (chunk.length / bytesPerSecond) * 1_000;
		queue.push({ chunk, arrives: free + delay });
		queued += chunk.length;
		if (queued >= WINDOW) from.pause();
		timer ??= setTimeout(arrive, untilNext());
	};
	from.on('data', leave);
	from.once('end', () => leave(Buffer.alloc(0)));
	from.once('error', () => to.destroy());
	from.once('close', () => {
		if (!from.readableEnded) to.destroy();
	});
}

async function main(): Promise<void> {
	// Half-open, so that the end of one way waits its turn like everything else.
	const server = createServer({ allowHalfOpen: true }, (near) => {
		const far = connect({ port: settings.target, host: '127.0.0.1', allowHalfOpen: true });
		// The handshake's round trip, before which a client cannot send.
		carry(near, far, performance.now() + 2 * delay);
		carry(far, near, 0);
	});
	server.listen(settings.port, '127.0.0.1');
	await once(server, 'listening');
	process.on('disconnect', () => process.exit());
	process.send?.('ready');
}

void main();
