import { parseArgs } from 'node:util';

import { size, type Size } from './sizes';

export const MEASUREMENTS = ['throughput', 'far', 'small', 'items'] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

export interface BenchOptions {
	/** What is measured; memory is measured with throughput. */
	only: Measurement[];
	sizes: Size[];
	repeats: number;
	/** The file that crosses the simulated network. */
	farSize: Size;
	/** Files under the rate limit. */
	files: number;
	/** Items in one execution. */
	items: number;
	/** Where the report goes; undefined: nowhere. */
	output?: string;
	skipBuild: boolean;
	/** As they were typed. */
	words: string[];
}

/** 5 GB is the largest that one POST carries; above 10 GB only this package's node is run. */
const SIZES = '10KB,100MB,1GB,5GB,6GB,20GB';

/** Larger files are sent once: they take minutes, and tell of memory rather than of speed. */
export const MOST_REPEATED = 1e9;

/** How often a file of so many bytes is sent. */
export const runsOf = ({ repeats }: Pick<BenchOptions, 'repeats'>, bytes: number): number =>
	bytes > MOST_REPEATED ? 1 : repeats;

/** `memory` is a name for what is measured together with throughput. */
function measurements(text: string | undefined): Measurement[] {
	if (text === undefined) return [...MEASUREMENTS];
	return text.split(',').map((name) => {
		const known = MEASUREMENTS.find((each) => each === (name === 'memory' ? 'throughput' : name));
		if (known) return known;
		throw new Error(`--only takes ${MEASUREMENTS.join(', ')} and memory, not "${name}"`);
	});
}

function atLeastOne(text: string, name: string): number {
	const number = Number(text);
	if (Number.isSafeInteger(number) && number > 0) return number;
	throw new Error(`--${name} takes a whole number, not "${text}"`);
}

/** @throws Error that says what is wrong with them */
export function benchOptions(words: string[]): BenchOptions {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args: words,
		options: {
			/** Small and once, to see that it works; nothing is written unless --output says where. */
			quick: { type: 'boolean', default: false },
			only: text,
			sizes: text,
			repeats: text,
			output: text,
			'skip-build': { type: 'boolean', default: false },
		},
	});
	const { quick } = values;
	// 16 parts of 16 MiB, so that 2, 4 and 8 at a time have whole rounds.
	const farSize = quick ? '64MB' : '268MB';
	const isWhole = !quick && values.only === undefined && values.sizes === undefined;
	const only = measurements(values.only);
	return {
		only: MEASUREMENTS.filter((each) => only.includes(each)),
		sizes: (values.sizes ?? (quick ? '10KB,100MB' : SIZES)).split(',').map(size),
		repeats: atLeastOne(values.repeats ?? (quick ? '1' : '3'), 'repeats'),
		farSize: size(farSize),
		files: quick ? 40 : 200,
		items: quick ? 100 : 1_000,
		output: values.output ?? (isWhole ? 'docs' : undefined),
		skipBuild: values['skip-build'],
		words,
	};
}
