import type { IDataObject } from 'n8n-workflow';

/** What all that a trigger lists has. */
export interface Entry extends IDataObject {
	$uri: string;
	/** RFC 3339. */
	created_at: string;
}
