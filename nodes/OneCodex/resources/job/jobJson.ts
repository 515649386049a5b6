import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import type { JobAnswer } from '../../types';

/** A job as One Codex gives it, with its ID in front, as the other operations name it. */
export function jobJson(job: JobAnswer): IDataObject {
	return { job_id: idOfReference(job), ...job };
}
