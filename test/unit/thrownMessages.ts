import { readFileSync } from 'node:fs';

import ts from 'typescript';

import { filesUnder } from '../filesUnder';

/** Classes of errors, and which of their arguments is the message. */
const MESSAGE_ARGUMENT: Record<string, number> = {
	OneCodexError: 1,
	NodeOperationError: 1,
	Error: 0,
};

/** What is known only while the node runs. */
const ANYTHING = '...';

const files = ['nodes', 'credentials']
	.flatMap((folder) => filesUnder(folder, '.ts'))
	.map((path) =>
		ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true),
	);

function all<T extends ts.Node>(is: (node: ts.Node) => node is T, root?: ts.Node): T[] {
	const found: T[] = [];
	const visit = (node: ts.Node): void => {
		if (is(node)) found.push(node);
		ts.forEachChild(node, visit);
	};
	for (const file of root ? [root] : files) visit(file);
	return found;
}

/** The texts that an expression may have, as far as the source says. */
function textsOf(expression: ts.Expression | undefined): string[] {
	if (!expression) return [ANYTHING];
	if (ts.isStringLiteralLike(expression)) return [expression.text];
	if (ts.isConditionalExpression(expression)) {
		return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
	}
	if (ts.isTemplateExpression(expression)) {
		return expression.templateSpans.reduce(
			(texts, { expression: value, literal }) =>
				texts.flatMap((text) => textsOf(value).map((each) => text + each + literal.text)),
			[expression.head.text],
		);
	}
	return ts.isIdentifier(expression) ? textsOfName(expression) : [ANYTHING];
}

/** Those of a parameter are what the function is called with; those of a constant, what it is. */
function textsOfName({ text, parent }: ts.Identifier): string[] {
	for (let scope = parent; scope; scope = scope.parent) {
		if (ts.isFunctionDeclaration(scope)) {
			const position = scope.parameters.findIndex(({ name }) => name.getText() === text);
			if (position >= 0) return textsOfParameter(scope, position);
		} else if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
			const constant = all(ts.isVariableDeclaration, scope).find((each) => declares(each, text));
			if (constant) return textsOfConstant(constant, text);
		}
	}
	const imported = all(ts.isVariableDeclaration).find((each) => declares(each, text));
	return imported ? textsOfConstant(imported, text) : [ANYTHING];
}

function textsOfParameter(
	{ name, parameters }: ts.FunctionDeclaration,
	position: number,
): string[] {
	return all(ts.isCallExpression)
		.filter(({ expression }) => expression.getText() === name?.text)
		.flatMap((call) => textsOf(call.arguments[position] ?? parameters[position].initializer));
}

const namesOf = (name: ts.BindingName): string[] =>
	ts.isIdentifier(name)
		? [name.text]
		: name.elements.map((element) => (ts.isBindingElement(element) ? element.name.getText() : ''));

const declares = ({ name }: ts.VariableDeclaration, text: string) => namesOf(name).includes(text);

/** A constant that is taken out of a list may be what any list in its declaration has there. */
function textsOfConstant({ name, initializer }: ts.VariableDeclaration, text: string): string[] {
	if (ts.isIdentifier(name)) return textsOf(initializer);
	const position = namesOf(name).indexOf(text);
	const lists = initializer ? all(ts.isArrayLiteralExpression, initializer) : [];
	return [ANYTHING, ...lists.flatMap(({ elements }) => textsOf(elements[position]))];
}

/**
 * Every message that the package's own code throws, `...` for what the source does not say. Left
 * out are those that begin with it: the words of other errors, handed on.
 */
export function thrownMessages(): string[] {
	const messages = all(ts.isNewExpression).flatMap((error) => {
		const position = MESSAGE_ARGUMENT[error.expression.getText()];
		return position === undefined ? [] : textsOf(error.arguments?.[position]);
	});
	return [...new Set(messages)].filter((text) => !text.startsWith(ANYTHING)).sort();
}
