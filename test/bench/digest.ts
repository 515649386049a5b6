/** Makes the SHA-256 of a GB each time it is asked, and says how many milliseconds that took. */
import { createHash } from 'node:crypto';

const bytes = Buffer.alloc(250e6);

process.on('message', () => {
	const started = performance.now();
	const hash = createHash('sha256');
	for (let time = 0; time < 4; time++) hash.update(bytes);
	hash.digest();
	process.send?.(performance.now() - started);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
