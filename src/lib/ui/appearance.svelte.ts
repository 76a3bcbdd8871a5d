/** The person's choice of size and theme on this device; `static/appearance.js` puts it on the page. */
import { createSubscriber } from 'svelte/reactivity';

export const sizes = ['standard', 'large', 'extra', 'largest'] as const;
export type Size = (typeof sizes)[number];

export const themes = ['system', 'party', 'party-dark', 'party-contrast'] as const;
export type Theme = (typeof themes)[number];

const sizeKey = 'appearance.size';
const themeKey = 'appearance.theme';

const subscribe = createSubscriber((update) => {
	addEventListener('storage', update);
	addEventListener('appearance', update);
	return () => {
		removeEventListener('storage', update);
		removeEventListener('appearance', update);
	};
});

export function currentSize(): Size {
	subscribe();
	return sizes.find((size) => size === localStorage.getItem(sizeKey)) ?? 'standard';
}

export function currentTheme(): Theme {
	subscribe();
	return themes.find((theme) => theme === localStorage.getItem(themeKey)) ?? 'system';
}

export function isElder(): boolean {
	return currentSize() !== 'standard';
}

export function chooseSize(size: Size): void {
	keep(sizeKey, size);
}

export function chooseTheme(theme: Theme): void {
	keep(themeKey, theme);
}

function keep(key: string, value: string): void {
	localStorage.setItem(key, value);
	dispatchEvent(new Event('appearance'));
}
