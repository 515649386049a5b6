import type { IDataObject } from 'n8n-workflow';

import { isLeftOut, plainValue } from '../../errors/given';
import { isObject } from '../../types';
import { instantOf } from '../shared/instant';
import { customFields } from './customFields';
import { LONGEST_EXTERNAL_ID, textUpTo, wrong } from './metadataText';
import { LIBRARY_TYPES, PLATFORMS, SAMPLE_TYPES } from './metadataValues';

/** Turns what a field holds into what One Codex takes. @throws OneCodexError (input) that names it */
type Read = (value: unknown, name: string, timezone: string) => unknown;

/** The node's fields: the API's name, the field's own as the editor shows it, and what it takes. */
const FIELDS: Record<string, [field: string, name: string, read: Read]> = {
	custom: ['custom', 'Custom Fields', customFields],
	dateCollected: ['date_collected', 'Date Collected', instantOf],
	dateSequenced: ['date_sequenced', 'Date Sequenced', instantOf],
	description: ['description', 'Description', textUpTo()],
	externalSampleId: ['external_sample_id', 'External Sample ID', textUpTo(LONGEST_EXTERNAL_ID)],
	libraryType: ['library_type', 'Library Type', oneOf(LIBRARY_TYPES)],
	locationLat: ['location_lat', 'Latitude', degrees(90)],
	locationLon: ['location_lon', 'Longitude', degrees(180)],
	locationString: ['location_string', 'Location', textUpTo(255)],
	name: ['name', 'Name', textUpTo(255)],
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
		if (isLeftOut(value)) continue;
		const taken = read(value, `Metadata: ${name}`, timezone);
		// Custom fields that were added, and none of them filled in.
		if (isObject(taken) && !Object.keys(taken).length) continue;
		body[field] = taken as IDataObject[string];
	}
	return body;
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

function truth(given: unknown, name: string): unknown {
	const value = plainValue(given);
	if (typeof value === 'boolean') return value;
	throw wrong(`${name} must be true or false`);
}
