import { documentedErrors } from '../errorsPage';
import { analyses } from './errorsPage/analyses';
import { between } from './errorsPage/between';
import { binaryStore } from './errorsPage/binaryStore';
import { network } from './errorsPage/network';
import { samples } from './errorsPage/samples';
import { service } from './errorsPage/service';
import { storage } from './errorsPage/storage';
import { trigger } from './errorsPage/trigger';
import { workflow } from './errorsPage/workflow';

const scenarios = {
	...workflow,
	...samples,
	...trigger,
	...analyses,
	...binaryStore,
	...service,
	...between,
	...storage,
	...network,
};
const errors = new Map(documentedErrors().map((error) => [error.name, error]));

it('every error of docs/errors.md can be brought about, and all that can is there', () => {
	expect(Object.keys(scenarios).sort()).toEqual([...errors.keys()].sort());
});

it.each([...errors.values()])('$name', async ({ name, pattern }) => {
	expect(await scenarios[name]?.()).toMatch(pattern);
});
