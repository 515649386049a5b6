import type { IDataObject } from 'n8n-workflow';

import { idOfReference } from '../../api/answers/shape';
import type { ProjectAnswer } from '../../types';

/** A project as One Codex gives it, with its ID in front, as the other operations name it. */
export function projectJson(project: ProjectAnswer): IDataObject {
	return { project_id: idOfReference(project), ...project };
}
