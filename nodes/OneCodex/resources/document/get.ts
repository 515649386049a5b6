import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { getRouting as routing } from '../shared/getRouting';
import { namedDocument, receiveDocument } from './documentRouting';
import { followingDocumentLocator } from './locators';

export const getFields: INodeProperties[] = [followingDocumentLocator('get')];

export const getRouting: INodePropertyRouting = routing(namedDocument, receiveDocument);
