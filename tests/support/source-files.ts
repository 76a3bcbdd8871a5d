// Reads our own sources the way the architecture test needs them: imports, literals, names of tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse as parseSvelte } from 'svelte/compiler';
import ts from 'typescript';

export interface Source {
	readonly path: string;
	readonly text: string;
}

export interface Import {
	readonly specifier: string;
	readonly isTypeOnly: boolean;
}

const root = join(import.meta.dirname, '../..');
const textual = /\.(ts|js|mjs|svelte|css|html|sql|json)$/;
const han = /\p{Script=Han}/u;

export function sourceFiles(folders: readonly string[]): Source[] {
	return folders.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.map((name) => posix.join(folder, name.replaceAll('\\', '/')))
			.filter((path) => textual.test(path))
			.sort()
			.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
	);
}

/** What a file imports: statements, re-exports, `import()`, `import('…')` types and worker URLs. */
export function importsOf({ path, text }: Source): Import[] {
	if (!/\.(ts|js|mjs|svelte)$/.test(path)) return [];
	const found: Import[] = [];
	visit(parse(path, text), (node) => {
		const specifier = specifierOf(node);
		if (specifier && ts.isStringLiteralLike(specifier)) {
			found.push({ specifier: specifier.text, isTypeOnly: isTypeOnly(node) });
		}
	});
	return found;
}

/** The file that a specifier names, or null for a package. */
export function resolveImport(path: string, specifier: string): string | null {
	if (specifier.startsWith('#relay/')) return specifier.replace('#relay', 'sync-server');
	if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
	if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
	return null;
}

/** Text with Chinese in it that a reader of the interface would see. */
export function foreignText({ path, text }: Source): string[] {
	if (path.endsWith('.svelte')) {
		return [...foreignLines(markupOf(text)), ...foreignLiterals(path, text)];
	}
	if (/\.(ts|js|mjs)$/.test(path)) return foreignLiterals(path, text);
	return foreignLines(text.replace(/<!--[^]*?-->|\/\*[^]*?\*\//g, ''));
}

/** What a component says in its own words: its text, and what it hands on to be read or heard. */
export function ownWords({ path, text }: Source): string[] {
	if (!path.endsWith('.svelte')) return [];
	const { fragment } = parseSvelte(text, { modern: true });
	const found: string[] = [];
	walk(fragment, null);
	return found;

	function walk(node: unknown, attribute: string | null): void {
		if (Array.isArray(node)) return node.forEach((each) => walk(each, attribute));
		if (typeof node !== 'object' || node === null || !('type' in node)) return;
		if (node.type === 'Text' && 'data' in node && (attribute === null || isSaid(attribute)))
			if (/\p{L}/u.test(String(node.data))) found.push(String(node.data).trim());
		const inside = node.type === 'Attribute' && 'name' in node ? String(node.name) : attribute;
		for (const child of Object.values(node)) walk(child, inside);
	}
}

function isSaid(attribute: string): boolean {
	return /^(aria-(label|description|roledescription)|title|alt|placeholder|words|label|legend|hint|note|lead|second|spoken)$/.test(
		attribute
	);
}

/** The names of the tests in a file, those that are skipped left out. */
export function namesOfTests({ path, text }: Source): string[] {
	if (!/\.test\.ts$/.test(path)) return [];
	const names: string[] = [];
	visit(parse(path, text), (node) => {
		if (!ts.isCallExpression(node) || !isTestCall(node.expression)) return;
		const [name] = node.arguments;
		if (name && ts.isStringLiteralLike(name)) names.push(name.text);
		if (name && ts.isTemplateExpression(name)) names.push(name.getText());
	});
	return names;
}

function parse(path: string, text: string): ts.SourceFile {
	const script = path.endsWith('.svelte') ? scriptsOf(text) : text;
	const kind = path.endsWith('.js') || path.endsWith('.mjs') ? ts.ScriptKind.JS : ts.ScriptKind.TS;
	return ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, kind);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
	see(node);
	ts.forEachChild(node, (child) => {
		visit(child, see);
	});
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isImportTypeNode(node))
		return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
	if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
		return node.arguments[0];
	}
	const isModuleUrl =
		ts.isNewExpression(node) &&
		node.expression.getText() === 'URL' &&
		node.arguments?.[1]?.getText() === 'import.meta.url';
	return isModuleUrl ? node.arguments?.[0] : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
	if (ts.isImportDeclaration(node))
		return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
	if (ts.isExportDeclaration(node)) return node.isTypeOnly;
	return ts.isImportTypeNode(node);
}

function isTestCall(callee: ts.Expression): boolean {
	const text = callee.getText();
	return /^(test|it|describe)\b/.test(text) && !/\.(skip|todo|fails)\b/.test(text);
}

function foreignLiterals(path: string, text: string): string[] {
	const found: string[] = [];
	visit(parse(path, text), (node) => {
		const isText = ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node);
		if ((isText || ts.isIdentifier(node)) && han.test(node.getText())) found.push(node.getText());
	});
	return found;
}

function foreignLines(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => han.test(line));
}

const scripts = /<script[^>]*>([^]*?)<\/script>/g;

function scriptsOf(component: string): string {
	return [...component.matchAll(scripts)].map(([, script]) => script).join('\n');
}

function markupOf(component: string): string {
	return component
		.replace(/<!--[^]*?-->/g, '')
		.replace(scripts, '')
		.replace(/\/\*[^]*?\*\//g, '')
		.replace(/^\s*\/\/.*$/gm, '');
}
