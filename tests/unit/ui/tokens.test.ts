// The colour tokens of every theme: text stands out from each ground it is used on.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync('src/app.css', 'utf8');
const light = tokensOf(':root');
const themes = {
	party: light,
	'party-dark': { ...light, ...tokensOf(":root[data-theme='party-dark']") },
	'party-contrast': { ...light, ...tokensOf(":root[data-theme='party-contrast']") }
};

const text: readonly (readonly [string, readonly string[]])[] = [
	[
		'ink',
		[
			...['paper', 'card', 'inset', 'grey-tint', 'primary-tint', 'gold-tint'],
			...['amber-tint', 'green-tint', 'blue-tint', 'error-tint']
		]
	],
	[
		'ink-2',
		[
			'paper',
			'card',
			'inset',
			'grey-tint',
			'amber-tint',
			'green-tint',
			'primary-tint',
			'error-tint'
		]
	],
	['ink-3', ['paper', 'card', 'inset']],
	['link', ['paper', 'card', 'primary-tint']],
	['primary-dark', ['primary-tint']],
	['on-primary', ['primary']],
	['on-error', ['error']],
	['error-ink', ['paper', 'card', 'error-tint']],
	['amber', ['paper', 'card', 'amber-tint']],
	['green', ['paper', 'card', 'green-tint']],
	['blue', ['paper', 'card', 'blue-tint']],
	['gold-ink', ['gold-tint']],
	['on-gold', ['gold']]
];

const cases = Object.entries(themes).flatMap(([theme, tokens]) =>
	text.flatMap(([ink, grounds]) =>
		grounds.map((ground) => [theme, ink, ground, ratio(tokens, ink, ground)] as const)
	)
);

test.each(cases)('%s: %s on %s is %d', (theme, _ink, _ground, contrast) => {
	expect(contrast).toBeGreaterThanOrEqual(theme === 'party-contrast' ? 7 : 4.5);
});

test.each(Object.entries(themes))('%s: a control edge stands out at 3:1', (_theme, tokens) => {
	for (const ground of ['paper', 'card']) {
		expect(ratio(tokens, 'edge', ground)).toBeGreaterThanOrEqual(3);
	}
});

test('no colour of the tokens is anything but hex or rgb', () => {
	expect(css).not.toMatch(/oklch|oklab|color-mix|\blch\(|\blab\(/);
});

function tokensOf(selector: string): Record<string, string> {
	const start = css.indexOf(`\t${selector} {`);
	const block = css.slice(start, css.indexOf('\n\t}', start));
	return Object.fromEntries(
		[...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex])
	);
}

function ratio(tokens: Record<string, string>, a: string, b: string): number {
	const [light, dark] = [luminance(tokens[a]), luminance(tokens[b])].sort((x, y) => y - x);
	return Number((((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)).toFixed(2));
}

function luminance(hex: string | undefined): number {
	if (hex === undefined) throw new Error('tokens: a colour is missing');
	const [red = 0, green = 0, blue = 0] = [1, 3, 5]
		.map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
