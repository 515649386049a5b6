import { whatItIs } from '../errors/given';
import { OneCodexError } from '../errors/oneCodexError';
import { isObject } from '../types';

/** S3 takes so much before the file: fields and boundaries (POST Object, MaxPostPreDataLengthExceeded). */
const MOST_FIELD_BYTES = 20 * 1024;

/** Boundary, Content-Disposition and line breaks around a field, at the most. */
const BYTES_AROUND_FIELD = 160;

/** Names and values of form fields, in the order in which they are sent. */
export type FormFields = Array<[name: string, value: string]>;

/**
 * The form fields for S3 as text, in their order, each value unchanged: a number as its digits,
 * `${filename}` literally. Takes an object or its JSON.
 *
 * @throws OneCodexError (input) for what could not be sent unchanged
 */
export function formFields(uploadFields: unknown): FormFields {
	const parsed = typeof uploadFields === 'string' ? parseJson(uploadFields) : uploadFields;
	if (!isObject(parsed) || !Object.keys(parsed).length) {
		const given = isObject(parsed) ? 'an empty one' : whatItIs(parsed);
		throw malformed(`it must be a JSON object with the fields that Init Upload gave, not ${given}`);
	}
	const fields = Object.entries(parsed).map(([name, value]): [string, string] => {
		// What ends or escapes within a part's header; S3's own names have none of it.
		if (!name || /["\\\p{Control}\p{Surrogate}]/u.test(name))
			throw malformed(`the name ${JSON.stringify(name)} cannot be sent`);
		if (name === 'file') throw malformed('"file" is the part that holds the file itself');
		return [name, fieldText(name, value)];
	});
	const bytes = fields.reduce(
		(sum, [name, value]) => sum + Buffer.byteLength(name + value) + BYTES_AROUND_FIELD,
		0,
	);
	if (bytes > MOST_FIELD_BYTES) throw malformed('S3 takes 20 KB of fields at most');
	return fields;
}

function fieldText(name: string, value: unknown): string {
	if (Number.isSafeInteger(value)) return String(value);
	// A form's encoding makes CR LF of a lone CR or LF, and then the signature is for another text.
	// Half of a surrogate pair has no bytes of its own, so another sign would go in its place.
	const isChanged = (text: string) => /\r(?!\n)|(?<!\r)\n|\p{Surrogate}/u.test(text);
	if (typeof value === 'string' && !isChanged(value)) return value;
	throw malformed(`the value of "${name}" must be a whole number or text without line breaks`);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw malformed('it is not valid JSON');
	}
}

function malformed(why: string): OneCodexError {
	return new OneCodexError('input', `Upload Fields: ${why}`, {
		description: 'Use additional_fields as Init Upload gave it, unchanged.',
	});
}

/** A form for S3: every field under its own name, and last the file (S3 ignores what follows it). */
export function uploadForm(fields: FormFields, file: File): FormData {
	const form = new FormData();
	for (const [name, value] of fields) form.append(name, value);
	form.append('file', file);
	return form;
}
