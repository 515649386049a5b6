import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { deleteRouting as routing } from '../shared/deleteRouting';
import { namedDocument } from './documentRouting';
import { documentLocator } from './locators';

export const deleteFields: INodeProperties[] = [documentLocator('delete')];

export const deleteRouting: INodePropertyRouting = routing(namedDocument);
