import { createServer, type Server } from 'node:net';

import type { StandInState } from '../../onecodex/state';
import { actionOf } from '../../onecodex/storage/actions';
import { errorAnswer } from '../../onecodex/storage/answers';
import { isSignatureV4 } from '../../onecodex/storage/authorizationHeader';
import type { Body } from './body';
import { serve, type Handler } from './connection';
import { checkForm, FORM_HEAD, receiveForm } from './form';
import type { RequestHead } from './head';
import { serveAction, type OpenUploads } from './parts';
import type { Received } from './types';

/** The list of 10,000 parts is smaller. */
const MOST_DOCUMENT = 2 * 2 ** 20;

function cpuUsed(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

const isAction = (head: RequestHead): boolean =>
	actionOf(head.method, head.url) !== undefined || isSignatureV4(head.headers.authorization);

/** The bucket that uploads go to: it judges them as the stand-in's does, and keeps no byte. */
export function createStorage(state: StandInState, bodies: Received[]): Server {
	const uploads: OpenUploads = new Map();
	const times = new WeakMap<Body, Pick<Received, 'firstByte' | 'lastByte' | 'cpu'>>();
	const record = (outcome: Partial<Received>, body?: Body): void => {
		const none = { firstByte: 0, lastByte: 0, cpu: { first: 0, last: 0 } };
		bodies.push({ ...none, ...(body && times.get(body)), bytes: 0, status: 0, ...outcome });
	};

	const handler: Handler = {
		keep(head) {
			if (!isAction(head)) {
				checkForm(head, state);
				return FORM_HEAD;
			}
			return head.method === 'PUT' ? 0 : MOST_DOCUMENT;
		},
		onBytes(body) {
			const [now, cpu] = [Date.now(), cpuUsed()];
			const { firstByte = now, cpu: { first = cpu } = {} } = times.get(body) ?? {};
			times.set(body, { firstByte, lastByte: now, cpu: { first, last: cpu } });
		},
		async answer(head, body) {
			if (!isAction(head)) {
				const { size, answer } = await receiveForm(head, body, state);
				record({ bytes: size, status: answer.status }, body);
				return answer;
			}
			const answer = await serveAction(head, body, state, uploads);
			if (head.method === 'PUT') record({ bytes: body.received, status: answer.status }, body);
			return answer;
		},
		refuse(error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
			const answer = errorAnswer(error);
			record({ status: answer.status, code });
			return answer;
		},
	};
	// The connection is taken over before Node reads from it.
	return createServer({ pauseOnConnect: true }, (accepted) => {
		const taken = accepted as unknown as { _handle: unknown };
		const handle = taken._handle;
		taken._handle = null;
		serve(handle, handler);
	});
}
