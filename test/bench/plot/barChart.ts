import { text, type Box } from './svg';

export interface Bar {
	name: string;
	value: number;
	label: string;
}

const MARGIN = { top: 36, left: 150, right: 90 };
const THICKNESS = 20;
const GAP = 8;

export const barChartHeight = (bars: number): number => MARGIN.top + bars * (THICKNESS + GAP);

/** Bars that lie, each with its value at its end; the first is what the others are compared with. */
export function barChart(title: string, bars: Bar[], box: Box): string[] {
	const most = Math.max(...bars.map(({ value }) => value));
	const width = box.width - MARGIN.left - MARGIN.right;
	return [
		text(box.x, box.y + 16, title, { class: 'title' }),
		...bars.flatMap(({ name, value, label }, index) => {
			const y = box.y + MARGIN.top + index * (THICKNESS + GAP);
			const [start, length] = [box.x + MARGIN.left, (value / most) * width];
			const color = index === 0 ? 'faint' : 'blue';
			return [
				text(start - 8, y + 14, name, { 'text-anchor': 'end' }),
				`<rect x="${start}" y="${y}" width="${length.toFixed(1)}" height="${THICKNESS}" fill="var(--${color})"/>`,
				text(start + length + 8, y + 14, label),
			];
		}),
	];
}
