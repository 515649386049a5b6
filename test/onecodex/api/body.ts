import type { IncomingMessage } from 'node:http';
import { ApiError } from './errors';

const KIB = 1024;
const MAX_BODY = 64 * KIB;

/** @throws ApiError 413 above 64 KiB; the rest of the body is left to be drained. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		size += (chunk as Buffer).length;
		if (size > MAX_BODY) throw new ApiError(413, 'The request body is too large.');
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks);
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the body says as JSON; undefined where it is empty or no JSON. */
export function parseJson(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** @throws ApiError 400 unless the body was declared to be JSON and is an object. */
export function jsonObject(contentType: string | undefined, json: unknown): JsonObject {
	const mediaType = contentType?.split(';')[0].trim().toLowerCase();
	if (mediaType !== 'application/json') {
		throw new ApiError(400, 'The Content-Type must be application/json.');
	}
	if (!isObject(json)) throw new ApiError(400, 'The request body must be a JSON object.');
	return json;
}
