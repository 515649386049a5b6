const Sequencer = require('@jest/test-sequencer').default;

/** What takes longest, most of all first: on a new machine jest does not know it yet. */
const LONGEST = [
	'n8n/trigger/durable',
	'n8n/trigger/trigger',
	'n8n/queue/queue',
	'n8n/trigger/queue',
	'n8n/documentsMemory',
	'n8n/examples/canvas',
	'engine/pace',
	'engine/multipart',
	'n8n/kill',
	'n8n/start',
	'n8n/editor',
	'n8n/databaseMode',
	'n8n/examples/email',
	'engine/soak',
	'engine/steps',
];

/** Starts the longest test files first, so that none runs on alone when all others have ended. */
module.exports = class extends Sequencer {
	sort(tests) {
		const rank = ({ path }) => {
			const index = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
			return index < 0 ? LONGEST.length : index;
		};
		return super.sort(tests).sort((one, other) => rank(one) - rank(other));
	}
};
