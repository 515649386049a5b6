import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { deleteRouting as routing } from '../shared/deleteRouting';
import { samplePicker } from '../shared/pickers';
import { showFor } from './fields';
import { namedSample } from './sampleRouting';

export const deleteFields: INodeProperties[] = [samplePicker(showFor('delete'))];

export const deleteRouting: INodePropertyRouting = routing(namedSample);
