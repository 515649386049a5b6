import type { INodeProperties } from 'n8n-workflow';

type Condition = NonNullable<INodeProperties['displayOptions']>;

/** Makes the conditions under which the fields of a resource's operations are shown. */
export const showForResource =
	(resource: string) =>
	(...operations: string[]): Condition => ({
		show: { resource: [resource], operation: operations },
	});

/** The same condition with one more: another field must have this value. */
export const and = ({ show }: Condition, field: string, value: string | boolean): Condition => ({
	show: { ...show, [field]: [value] },
});
