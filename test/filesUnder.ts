import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The paths of a folder's files with this ending, sorted; Node.js 20 has no `globSync`. */
export function filesUnder(folder: string, ending: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name))
		.sort();
}
