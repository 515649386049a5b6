import type { INodeProperties } from 'n8n-workflow';

import { addressPattern, ID } from '../../api/ids';

const NOT_AN_ID = 'An ID has 16 hex digits (0-9, a-f)';

/**
 * A picker for one entry of a collection of One Codex; an ID or an address will do, too.
 *
 * @param collection as the API's paths have it: `documents`
 * @param collections all under which the API has such entries
 */
export function locator(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
	collection: string,
	searchListMethod: string,
	collections: readonly string[] = [collection],
): INodeProperties {
	const address = addressPattern(...collections);
	// Where an ID is asked for, a $uri or a $ref that was copied is as good.
	const anyForm = `^\\s*(?:(?:https?://[^/?#]+)?/(?:[^?#]*/)?(?:${collections.join('|')})/)?${ID}/?\\s*$`;
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select...',
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 28459508592a481c',
				validation: [{ type: 'regex', properties: { regex: anyForm, errorMessage: NOT_AN_ID } }],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://app.onecodex.com/${collection}/28459508592a481c`,
				extractValue: { type: 'regex', regex: address },
				validation: [
					{
						type: 'regex',
						properties: {
							regex: address,
							errorMessage: `The address must end in /${collection}/ and an ID of 16 hex digits`,
						},
					},
				],
			},
		],
	};
}
