/**
 * Lints texts as if each stood in a file of the node, in a process of its own: ESLint loads its
 * configuration as a module, which jest's sandbox does not let it. Takes `[file, text]` pairs as
 * JSON and prints the rules that each breaks.
 */
import { ESLint } from 'eslint';

const eslint = new ESLint();
const pairs = JSON.parse(process.argv[2]);
const broken = [];
for (const [filePath, text] of pairs) {
	const [{ messages }] = await eslint.lintText(text, { filePath });
	broken.push(messages.map(({ ruleId }) => ruleId));
}
console.log(JSON.stringify(broken));
