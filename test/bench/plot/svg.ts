/** Where something is drawn. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Colours by day and by night, each told apart by those who see fewer of them (Okabe and Ito). */
const STYLE = `
:root { --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0; --paper: #ffffff; --blue: #0072b2; --green: #00805f; --red: #c04a00; --purple: #9a4f7f; --yellow: #8a6d00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f6fc; --faint: #9198a1; --rule: #3d444d; --paper: #0d1117; --blue: #56b4e9; --green: #2fc49a; --red: #f08a4b; --purple: #dd9cc4; --yellow: #e0c04c; }
}
.paper { fill: var(--paper); }
text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.title { font-size: 15px; font-weight: 600; }
.tick { fill: var(--faint); font-size: 11px; }
.ours { font-weight: 600; }
.rule { stroke: var(--rule); }
.line { fill: none; stroke-width: 1.5; }
.line.ours { stroke-width: 3; }`;

export const escape = (text: string): string =>
	text.replace(
		/[&<>"]/g,
		(each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[each] ?? each,
	);

export function text(
	x: number,
	y: number,
	content: string,
	attributes: Record<string, string> = {},
): string {
	const more = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(value)}"`);
	return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more.join('')}>${escape(content)}</text>`;
}

export function svg(width: number, height: number, title: string, content: string[]): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
		`<title>${escape(title)}</title>`,
		`<style>${STYLE}\n</style>`,
		`<rect class="paper" width="${width}" height="${height}"/>`,
		...content,
		'</svg>\n',
	].join('\n');
}
