import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { sendCall } from '../../api/routing';
import { namedDocument, receiveDocument } from './documentRouting';
import { documentLocator } from './locators';

export const getFields: INodeProperties[] = [documentLocator('get')];

export const getRouting: INodePropertyRouting = {
	request: { method: 'GET', url: '' },
	send: { paginate: true, preSend: [sendCall(namedDocument)] },
	output: { postReceive: [receiveDocument] },
};
