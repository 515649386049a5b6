import { isLeftOut, plainValue, shown } from '../../errors/given';
import { OneCodexError } from '../../errors/oneCodexError';
import { namesOf } from '../shared/filters';
import { flag } from '../shared/flag';
import { givenFilters, isGiven, textIn } from '../shared/where';
import { rowFilters } from './rowFilterFields';

/** What is given out; undefined where there is no such condition. */
export interface RowFilters {
	excludeHost: boolean;
	minAbundance?: number;
	minReadCount?: number;
	/** A part, in small letters. */
	name?: string;
	/** In small letters. */
	rank?: string;
	top?: number;
	/** What all that is for classifications is called in the editor, as far as it was given. */
	ofClassification: string[];
}

const NAMES = namesOf(rowFilters);

/**
 * @param top where the user gave none
 * @throws OneCodexError (input) that names the filter
 */
export function rowFiltersOf(filters: unknown, top?: number): RowFilters {
	const given = givenFilters(filters, NAMES);
	const { excludeHost = false, minAbundance, minReadCount, name, rank } = given;
	const read = {
		excludeHost: flag(excludeHost, 'Exclude Host'),
		minAbundance: share(minAbundance, 'Min Abundance'),
		minReadCount: count(minReadCount, 'Min Read Count'),
		name: isGiven(name) ? textIn(name, 'Name Contains').toLowerCase() : undefined,
		rank: isGiven(rank) ? textIn(rank, 'Rank').toLowerCase() : undefined,
	};
	const ofClassification = Object.entries(read).flatMap(([key, value]) =>
		value ? NAMES[key] : [],
	);
	return {
		...read,
		top: isLeftOut(given.top) ? top : count(given.top, 'Top'),
		ofClassification,
	};
}

/** A whole number; undefined for 0, which is no limit. */
function count(given: unknown, name: string): number | undefined {
	const value = plainValue(given);
	if (!isGiven(value) || value === 0) return undefined;
	if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
	throw new OneCodexError('input', `${name} must be a whole number, not ${shown(given)}`, {
		description: 'Give one such as 10, or remove the filter. 0 is no limit.',
	});
}

/** A number from 0 to 1; undefined for 0, which is no limit. */
function share(given: unknown, name: string): number | undefined {
	const value = typeof given === 'string' ? Number(given.trim() || 0) : (given ?? 0);
	if (value === 0) return undefined;
	if (typeof value === 'number' && value > 0 && value <= 1) return value;
	throw new OneCodexError('input', `${name} must be a number from 0 to 1, not ${shown(given)}`, {
		description: 'One per cent is 0.01. Or remove the filter.',
	});
}

/**
 * @param type of the analysis
 * @throws OneCodexError (input) for filters that the table of such an analysis does not know
 */
export function checkFilters({ ofClassification }: RowFilters, type: unknown): void {
	if (type === 'classification' || !ofClassification.length) return;
	const names = ofClassification.join(', ');
	const message = `Filters: ${names}: not for an analysis of the type ${shown(type)}`;
	throw new OneCodexError('input', message, {
		description: 'They are for classifications. Remove them, or filter in a step of its own.',
	});
}
