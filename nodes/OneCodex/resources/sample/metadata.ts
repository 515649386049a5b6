import type { IDataObject } from 'n8n-workflow';

import { OneCodexError } from '../../errors/oneCodexError';
import { isObject } from '../../types';
import { instantOf } from '../shared/instant';
import { customFields } from './customFields';
import { LIBRARY_TYPES, PLATFORMS, SAMPLE_TYPES } from './metadataValues';

/** Turns what a field holds into what One Codex takes. @throws OneCodexError (input) that names it */
type Read = (value: unknown, name: string, timezone: string) => unknown;

/** The node's fields: the API's name, the field's own as the editor shows it, and what it takes. */
const FIELDS: Record<string, [field: string, name: string, read: Read]> = {
	custom: ['custom', 'Custom Fields', customFields],
	dateCollected: ['date_collected', 'Date Collected', instantOf],
	dateSequenced: ['date_sequenced', 'Date Sequenced', instantOf],
	description: ['description', 'Description', text()],
	externalSampleId: ['external_sample_id', 'External Sample ID', text(60)],
	libraryType: ['library_type', 'Library Type', oneOf(LIBRARY_TYPES)],
	locationLat: ['location_lat', 'Latitude', degrees(90)],
	locationLon: ['location_lon', 'Longitude', degrees(180)],
	locationString: ['location_string', 'Location', text(255)],
	name: ['name', 'Name', text(255)],
	platform: ['platform', 'Platform', oneOf(PLATFORMS)],
	sampleType: ['sample_type', 'Sample Type', oneOf(SAMPLE_TYPES)],
	starred: ['starred', 'Starred', truth],
};

/**
 * What One Codex is to keep about a sample, of the node's collection of fields; those left empty
 * are left out.
 *
 * @param timezone that of dates that name none
 * @throws OneCodexError (input) that names the field
 */
export function metadataOf(collection: unknown, timezone: string): IDataObject {
	const given = isObject(collection) ? collection : {};
	const body: IDataObject = {};
	for (const [key, [field, name, read]] of Object.entries(FIELDS)) {
		const value = given[key];
		if (value === undefined || value === null || value === '') continue;
		body[field] = read(value, `Metadata: ${name}`, timezone) as IDataObject[string];
	}
	return body;
}

function text(longest = Infinity): Read {
	return (value, name) => {
		const characters = typeof value === 'number' ? String(value) : value;
		if (typeof characters !== 'string') throw wrong(`${name} is not text`);
		// As One Codex counts: an emoji is one.
		const length = [...characters].length;
		if (length <= longest) return characters;
		throw wrong(`${name} has ${length} characters`, `It may have ${longest} at most.`);
	};
}

function oneOf(values: string[]): Read {
	return (value, name) => {
		if (values.some((each) => each === value)) return value;
		const given = typeof value === 'string' ? `"${value}"` : typeof value;
		throw wrong(`${name} cannot be ${given}`, `It is one of: ${values.join(', ')}.`);
	};
}

function degrees(most: number): Read {
	return (value, name) => {
		const number = typeof value === 'string' ? Number(value.trim() || NaN) : value;
		if (typeof number === 'number' && Math.abs(number) <= most) return number;
		throw wrong(`${name} must be a number from -${most} to ${most}`);
	};
}

function truth(value: unknown, name: string): unknown {
	if (typeof value === 'boolean') return value;
	throw wrong(`${name} must be true or false`);
}

function wrong(message: string, description = 'Correct the field, or remove it.'): OneCodexError {
	return new OneCodexError('input', message, { description });
}
