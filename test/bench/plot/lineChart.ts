import { text, type Box } from './svg';

export interface Point {
	x: number;
	y: number;
}

export interface Series {
	name: string;
	points: Point[];
	/** A CSS variable of the style. */
	color: string;
	/** As of stroke-dasharray; '' for an unbroken line. */
	dash: string;
	isOurs: boolean;
}

export interface LineChart {
	title: string;
	series: Series[];
	/** Where the x axis has a mark, and what it says there. */
	xTicks: Array<{ value: number; label: string }>;
	yLabel: (value: number) => string;
}

/** Of the panel; to the right are the names of the lines. */
const MARGIN = { top: 36, right: 160, bottom: 28, left: 52 };
/** Between the names of two lines. */
const LINE_HEIGHT = 15;

/** 1, 2 and 5 of every decade that the values are in. */
function logTicks(least: number, most: number): number[] {
	const ticks: number[] = [];
	for (let decade = 10 ** Math.floor(Math.log10(least)); decade <= most * 10; decade *= 10) {
		ticks.push(...[1, 2, 5].map((step) => step * decade));
	}
	const below = ticks.filter((tick) => tick <= least).at(-1) ?? ticks[0];
	const above = ticks.find((tick) => tick >= most) ?? ticks[ticks.length - 1];
	return ticks.filter((tick) => tick >= below && tick <= above);
}

const scale = (from: [number, number], to: [number, number]) => (value: number) =>
	to[0] +
	((Math.log(value) - Math.log(from[0])) / (Math.log(from[1] / from[0]) || 1)) * (to[1] - to[0]);

/** Moves what would overlap apart, downwards. */
function apart(places: number[], least: number): number[] {
	const order = places.map((_, index) => index).sort((one, other) => places[one] - places[other]);
	const moved = [...places];
	let last = -Infinity;
	for (const index of order) last = moved[index] = Math.max(moved[index], last + least);
	return moved;
}

/** A chart with logarithmic axes, each line named at its end. */
export function lineChart({ title, series, xTicks, yLabel }: LineChart, box: Box): string[] {
	const drawn = series.filter(({ points }) => points.length > 0);
	const points = drawn.flatMap((each) => each.points);
	if (points.length === 0) return [];
	const [left, right] = [box.x + MARGIN.left, box.x + box.width - MARGIN.right];
	const [top, bottom] = [box.y + MARGIN.top, box.y + box.height - MARGIN.bottom];
	const yTicks = logTicks(
		Math.min(...points.map(({ y }) => y)),
		Math.max(...points.map(({ y }) => y)),
	);
	const xs = xTicks.map(({ value }) => value);
	const x = scale([Math.min(...xs), Math.max(...xs)], [left + 8, right - 8]);
	const y = scale([yTicks[0], yTicks[yTicks.length - 1]], [bottom, top]);

	const axes = [
		text(box.x, box.y + 16, title, { class: 'title' }),
		...yTicks.flatMap((value) => [
			`<line class="rule" x1="${left}" x2="${right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>`,
			text(left - 6, y(value) + 4, yLabel(value), { class: 'tick', 'text-anchor': 'end' }),
		]),
		...xTicks
			.filter(({ value }, index) => index === 0 || x(value) - x(xTicks[index - 1].value) > 40)
			.map(({ value, label }) =>
				text(x(value), bottom + 18, label, { class: 'tick', 'text-anchor': 'middle' }),
			),
	];
	const names = apart(
		drawn.map(({ points: own }) => y(own[own.length - 1].y) + 4),
		LINE_HEIGHT,
	);
	const lines = drawn.flatMap(({ name, points: own, color, dash, isOurs }, index) => {
		const path = own.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`);
		const emphasis = isOurs ? ' ours' : '';
		const end = own[own.length - 1];
		const [nameX, nameY] = [right + 14, names[index]];
		return [
			`<polyline class="line${emphasis}" points="${path.join(' ')}" stroke="var(--${color})" stroke-dasharray="${dash}"/>`,
			...own.map(
				(point) =>
					`<circle cx="${x(point.x).toFixed(1)}" cy="${y(point.y).toFixed(1)}" r="${isOurs ? 4 : 3}" fill="var(--${color})"/>`,
			),
			`<line x1="${(x(end.x) + 5).toFixed(1)}" y1="${y(end.y).toFixed(1)}" x2="${nameX - 3}" y2="${(nameY - 4).toFixed(1)}" stroke="var(--${color})" stroke-width="0.5"/>`,
			text(nameX, nameY, name, { class: emphasis.trim(), style: `fill: var(--${color})` }),
		];
	});
	return [...axes, ...lines];
}
