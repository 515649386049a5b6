import type { Initiated } from './client';

export const BOUNDARY = 'stand-in-boundary';

/** A part of a form, written out as it goes over the wire. */
export interface Part {
	disposition: string;
	value: string | Buffer;
}

export const field = (name: string, value: string): Part => ({
	disposition: `form-data; name="${name}"`,
	value,
});

export const file = (filename: string, value: string | Buffer, name = 'file'): Part => ({
	disposition: `form-data; name="${name}"; filename="${filename}"`,
	value,
});

export const fieldParts = ({ additional_fields: fields }: Initiated): Part[] =>
	Object.entries(fields).map(([name, value]) => field(name, String(value)));

/** A body of multipart/form-data, correct or not: the parts are taken as they are. */
export function formBody(parts: Part[]): Buffer {
	const chunks = parts.flatMap(({ disposition, value }) => [
		Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n\r\n`),
		Buffer.from(value),
		Buffer.from('\r\n'),
	]);
	return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export const formHeaders = (body: Buffer) => ({
	'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
	'Content-Length': body.length,
});
