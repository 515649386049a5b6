import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { deleteRouting as routing } from '../shared/deleteRouting';
import { sampleLocator } from './locators';
import { namedSample } from './sampleRouting';

export const deleteFields: INodeProperties[] = [sampleLocator('delete')];

export const deleteRouting: INodePropertyRouting = routing(namedSample);
