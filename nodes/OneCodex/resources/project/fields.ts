import { showForResource } from '../shared/showFor';

/** The condition under which a field of these operations is shown. */
export const showFor = showForResource('project');
