// Walks the built CSS for what Chromium 90 would drop without a substitute (UX.md B7).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postcss, {
	AtRule,
	type ChildNode,
	type Declaration,
	type Node,
	type Root,
	Rule
} from 'postcss';
import { describe, expect, test } from 'vitest';

const modernColour = /(?<![\w-])(?:oklch|oklab|lch|lab|hwb|color|color-mix|light-dark)\(/;
const forgiving = /:(?:is|where)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;
const sheets = builtSheets();

test('the gate has a build to look at', () => {
	if (process.env.GATE) expect(sheets.length).toBeGreaterThan(0);
	expect(findings(postcss.parse('@layer a { b { color: oklch(0.5 0.1 20) } }'))).toHaveLength(2);
	expect(findings(postcss.parse('a { --x: red; --x: oklch(0.5 0.1 20) }'))).toHaveLength(1);
	expect(findings(postcss.parse('a, b:has(c) { color: red }'))).toHaveLength(1);
	expect(findings(postcss.parse('a, :is(b:has(:not(c)), d) { color: red }'))).toEqual([]);
	expect(findings(postcss.parse('a { color: red; color: oklch(0.5 0.1 20) }'))).toEqual([]);
});

describe.each(sheets)('%s', (path) => {
	test('holds nothing that an old engine drops without a substitute', () => {
		expect(findings(postcss.parse(readFileSync(path, 'utf8')))).toEqual([]);
	});
});

function findings(root: Root): string[] {
	const found: string[] = [];
	root.walkAtRules('layer', (rule) => {
		found.push(`@layer ${rule.params}`);
	});
	root.walkDecls((declaration) => {
		if (modernColour.test(declaration.value) && !hasSubstitute(declaration)) {
			found.push(`${selectorOf(declaration)} { ${String(declaration)} }`);
		}
	});
	root.walkRules((rule) => {
		if (mixesHas(rule)) found.push(rule.selector);
	});
	return found;
}

function hasSubstitute(declaration: Declaration): boolean {
	if (declaration.prop.includes('shadow')) return true;
	if (isInSupports(declaration)) return true;
	// An old engine keeps any text in a custom property, so a sibling does not help there.
	if (declaration.prop.startsWith('--')) return false;
	const siblings: ChildNode[] = declaration.parent?.nodes ?? [];
	return siblings
		.slice(0, siblings.indexOf(declaration))
		.some(
			(node) =>
				node.type === 'decl' && node.prop === declaration.prop && !modernColour.test(node.value)
		);
}

function isInSupports(declaration: Declaration): boolean {
	for (let node: Node | undefined = declaration; node; node = node.parent) {
		if (node instanceof AtRule && node.name === 'supports') return true;
	}
	return false;
}

function mixesHas(rule: Rule): boolean {
	// `:is()` and `:where()` forgive what an engine does not know; a bare list does not.
	const bare = rule.selectors.map((selector) => selector.replace(forgiving, ''));
	const modern = bare.filter((selector) => selector.includes(':has('));
	return modern.length > 0 && modern.length < rule.selectors.length;
}

function selectorOf(declaration: Declaration): string {
	const { parent } = declaration;
	return parent instanceof Rule ? parent.selector : '';
}

function builtSheets(): string[] {
	const folder = join(import.meta.dirname, '../../build');
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.css'))
		.map((path) => join(folder, path));
}
