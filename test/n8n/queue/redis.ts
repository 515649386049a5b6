import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';

import { freePort } from '../ports';
import { startProgram, type RunningServer } from '../servers/program';

/** Redis's own PING, in the form of a line (its protocol, "Inline commands"). */
async function answersPing(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		socket.end('PING\r\n');
		const [answer] = (await once(socket, 'data')) as [Buffer];
		return answer.toString().startsWith('+PONG');
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/** A Redis of the test's own, which keeps nothing on disk. */
export async function startRedis(): Promise<RunningServer> {
	const port = await freePort();
	const stop = await startProgram(
		[
			'redis-server',
			'--port',
			`${port}`,
			'--bind',
			'127.0.0.1',
			'--save',
			'',
			'--appendonly',
			'no',
		],
		{ cwd: tmpdir() },
		async () => await answersPing(port),
		'SIGTERM',
	);
	return { port, stop };
}
