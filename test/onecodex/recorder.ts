import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecordedRequest } from './types';

/**
 * Enters a request in the record and counts its body's bytes. The counting makes the body flow, so
 * whoever wants to read it has to start in the same tick; a body that nobody reads is drained.
 */
export function recordRequest(
	requests: RecordedRequest[],
	side: RecordedRequest['side'],
	request: IncomingMessage,
	response: ServerResponse,
): RecordedRequest {
	const record: RecordedRequest = {
		at: Date.now(),
		side,
		method: request.method ?? '',
		path: request.url ?? '',
		headers: request.headers,
		rawHeaders: request.rawHeaders,
		bytes: 0,
		status: 0,
		aborted: false,
	};
	requests.push(record);
	request.on('data', (chunk: Buffer) => (record.bytes += chunk.length));
	response.once('close', () => {
		record.aborted ||= !response.headersSent && record.fault !== 'reset';
	});
	return record;
}
