// Below the floor a browser is sent to a page that it can show; above it nothing happens.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const script = readFileSync(join(root, 'static/legacy.js'), 'utf8');
const page = readFileSync(join(root, 'static/unsupported.html'), 'utf8');
const shell = readFileSync(join(root, 'src/app.html'), 'utf8');

const able = {
	scriptTag: { noModule: false },
	knownCss: ['overflow: clip'],
	globals: { indexedDB: {} }
};

test.each([
	['Chromium 90 and newer', able, null],
	['an engine without modules', { ...able, scriptTag: {} }, '/unsupported.html'],
	['Chromium 89', { ...able, knownCss: [] }, '/unsupported.html'],
	['an engine without CSS.supports', { ...able, knownCss: null }, '/unsupported.html'],
	['an engine without IndexedDB', { ...able, globals: {} }, '/unsupported.html']
])('%s', (_name, engine, sentTo) => {
	expect(visit(engine)).toBe(sentTo);
});

test('the shell asks before it loads anything else', () => {
	expect(shell.indexOf('<script src="/legacy.js">')).toBeGreaterThan(0);
	expect(shell.indexOf('<script src="/legacy.js">')).toBeLessThan(
		shell.indexOf('%sveltekit.head%')
	);
});

test('the page for old engines needs no script', () => {
	expect(page).toContain('<h1>请更换浏览器</h1>');
	expect(page).not.toMatch(/<script|type="module"|style=/);
});

interface Engine {
	readonly scriptTag: object;
	readonly knownCss: readonly string[] | null;
	readonly globals: object;
}

function visit({ scriptTag, knownCss, globals }: Engine): string | null {
	let sentTo: string | null = null;
	const css = knownCss && {
		supports: (name: string, value: string) => knownCss.includes(`${name}: ${value}`)
	};
	const window = createContext({
		...globals,
		CSS: css,
		document: { createElement: () => scriptTag },
		location: { replace: (path: string) => (sentTo = path) }
	});
	runInContext(`var window = this; ${script}`, window);
	return sentTo;
}
