/** What every page has to hold, measured where it is drawn; each finding is one sentence. */
import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { m } from '#lib/i18n/index.ts';

declare global {
	interface Window {
		readonly axe: typeof axe;
	}
}

/** CSS pixels. */
const LEAST_TARGET = 44;
const LEAST_MAIN_TARGET = 60;
const LEAST_GAP = 8;
/** So long across the edge at which two touch, a finger in the middle of one is far from the other. */
const LONG_ENOUGH = 60;
const LEAST_ELDER_TEXT = 18;
const NARROWEST = { width: 320, height: 640 };

export interface Look {
	readonly size: 'standard' | 'large' | 'largest';
	readonly theme: 'party' | 'party-dark' | 'party-contrast';
}
export const normal: Look = { size: 'standard', theme: 'party' };
export const elder: Look = { size: 'large', theme: 'party' };
export const largest: Look = { size: 'largest', theme: 'party' };
export const contrast: Look = { size: 'standard', theme: 'party-contrast' };
export const dark: Look = { size: 'standard', theme: 'party-dark' };

export async function wear(page: Page, look: Look): Promise<void> {
	await page.evaluate(({ size, theme }) => {
		localStorage.setItem('appearance.size', size);
		localStorage.setItem('appearance.theme', theme);
		dispatchEvent(new Event('appearance'));
	}, look);
}

/** Nothing is being opened any more. */
export async function settled(page: Page): Promise<void> {
	await expect(page.locator('h1').first()).toBeVisible();
	await expect(page.getByText(m.states.loading, { exact: true })).toHaveCount(0);
}

export function accessibility(page: Page): Promise<string[]> {
	return violationsOf(page, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
}

/** What larger texts can break: they are drawn from the same elements, with the same names and roles. */
export function drawnAccessibly(page: Page): Promise<string[]> {
	const rules = ['color-contrast', 'target-size', 'link-in-text-block'];
	return violationsOf(page, { runOnly: [...rules, 'scrollable-region-focusable'] });
}

/** What a theme alone can break. */
export function readability(page: Page): Promise<string[]> {
	return violationsOf(page, { runOnly: ['color-contrast'] });
}

async function violationsOf(page: Page, options: RunOptions): Promise<string[]> {
	// Once a page: its source is longer than most pages are.
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	const violations = await page.evaluate(async (told) => {
		const { violations: found } = await window.axe.run({ ...told, resultTypes: ['violations'] });
		return found.map(({ id, nodes }) => ({
			id,
			nodes: nodes.slice(0, 3).map(({ html, failureSummary = '' }) => ({ html, failureSummary }))
		}));
	}, options);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => {
			const [, why = ''] = failureSummary.split('\n');
			return `axe ${id}: ${html.slice(0, 140)} (${why.trim()})`;
		})
	);
}

/** Each is large enough to hit, and far enough from its neighbour. */
export async function targets(page: Page, isElder: boolean): Promise<string[]> {
	const bounds = {
		least: LEAST_TARGET,
		leastMain: isElder ? LEAST_MAIN_TARGET : LEAST_TARGET,
		gap: LEAST_GAP,
		long: LONG_ENOUGH
	};
	return page.evaluate(({ least, leastMain, gap, long }) => {
		const controls = document.querySelectorAll<HTMLElement>(
			'a[href], button, input, select, textarea, summary, [role="button"], [role="tab"]'
		);
		const found = [...controls].flatMap((control) => {
			const target = shown(control);
			if (target === null || isInSentence(target)) return [];
			const name = (control.getAttribute('aria-label') ?? target.innerText.trim()).slice(0, 30);
			return [{ target, box: target.getBoundingClientRect(), name, layer: layerOf(target) }];
		});
		const small = found.flatMap(({ target, box: { width, height }, name }) => {
			const needed = isMain(target) ? leastMain : least;
			// Half a pixel is lost to rounding.
			if (Math.min(width, height) >= needed - 0.5) return [];
			const size = `${width.toFixed(0)}×${height.toFixed(0)}`;
			return [`target ${size}, needs ${needed}: ${target.tagName} “${name}”`];
		});
		const crowded = found.flatMap((one, at) =>
			found.slice(at + 1).flatMap((other) => {
				if (one.layer !== other.layer || one.target.contains(other.target)) return [];
				if (other.target.contains(one.target)) return [];
				const apart = between(one.box, other.box);
				if (apart === null || apart >= gap - 0.5) return [];
				return [`${apart.toFixed(0)} px apart, needs ${gap}: “${one.name}”, “${other.name}”`];
			})
		);
		return [...small, ...crowded];

		/** Side by side or one above the other; null for what is not, and for two long ones. */
		function between(a: DOMRect, b: DOMRect): number | null {
			const across = Math.max(a.left - b.right, b.left - a.right);
			const down = Math.max(a.top - b.bottom, b.top - a.bottom);
			if (across >= 0 === down >= 0) return null;
			const length = across >= 0 ? 'width' : 'height';
			return Math.min(a[length], b[length]) >= long - 0.5 ? null : Math.max(across, down);
		}

		/** What scrolls is no neighbour of what stands still beside it. */
		function layerOf(target: HTMLElement): Element | null {
			for (let each: Element | null = target; each !== null; each = each.parentElement) {
				const { position, overflowY } = getComputedStyle(each);
				if (/fixed|sticky/.test(position) || /auto|scroll/.test(overflowY)) return each;
			}
			return null;
		}

		/** What a finger can hit: the control, or the label around one that is drawn by its label. */
		function shown(control: HTMLElement): HTMLElement | null {
			if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
				return null;
			if (control.closest('[inert]') !== null) return null;
			const { width, height } = control.getBoundingClientRect();
			const label = control.closest('label');
			if (label !== null && control.matches('input')) return label;
			// Reachable by keyboard alone, drawn when focused.
			return width <= 1 || height <= 1 ? null : control;
		}

		/** A link among the words of a sentence is as high as its line. */
		function isInSentence(target: HTMLElement): boolean {
			if (getComputedStyle(target).display !== 'inline') return false;
			const siblings = [...(target.parentElement?.childNodes ?? [])];
			return siblings.some(
				(node) => node !== target && node.nodeType === 3 && /\S/.test(`${node.nodeValue}`)
			);
		}

		/** The one filled with the primary colour. */
		function isMain(target: HTMLElement): boolean {
			if (!target.matches('a, button')) return false;
			const probe = document.createElement('i');
			probe.style.backgroundColor = 'var(--primary)';
			target.append(probe);
			const primary = getComputedStyle(probe).backgroundColor;
			probe.remove();
			return getComputedStyle(target).backgroundColor === primary;
		}
	}, bounds);
}

/** Texts that are too small for the elder version. */
export async function smallTexts(page: Page): Promise<string[]> {
	return page.evaluate((least) => {
		const found = new Map<string, string>();
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const text = node.nodeValue?.trim() ?? '';
			const holder = node.parentElement;
			if (text === '' || holder === null || holder.closest('script, style, .sr-only') !== null)
				continue;
			if (!holder.checkVisibility({ visibilityProperty: true })) continue;
			const size = Number.parseFloat(getComputedStyle(holder).fontSize);
			if (size < least) found.set(`${size} ${text}`, `text ${size} px: “${text.slice(0, 30)}”`);
		}
		return [...found.values()].slice(0, 5);
	}, LEAST_ELDER_TEXT);
}

/** At 320 px nothing but a table moves sideways: neither the page nor what lies open over it. */
export async function sidewaysScroll(page: Page): Promise<string[]> {
	const before = page.viewportSize();
	await page.setViewportSize(NARROWEST);
	const found = await page.evaluate(() => {
		const sheets = [...document.querySelectorAll('dialog[open]')];
		return [document.documentElement, ...sheets, ...sheets.flatMap(scrollersIn)].flatMap((each) => {
			const { scrollWidth, clientWidth } = each;
			if (scrollWidth <= clientWidth) return [];
			const edge = each.getBoundingClientRect().left + each.clientLeft + clientWidth;
			const wide = [...each.querySelectorAll('*')].filter(
				(element) => element.getBoundingClientRect().right > edge + 1
			);
			const names = wide.slice(-3).map((element) => element.outerHTML.slice(0, 80));
			return [`${each.tagName} ${scrollWidth} px wide at ${clientWidth}: ${names.join(' | ')}`];
		});

		function scrollersIn(sheet: Element): readonly Element[] {
			return [...sheet.querySelectorAll('*')].filter(
				(each) =>
					each.checkVisibility() &&
					/auto|scroll/.test(getComputedStyle(each).overflowX) &&
					each.querySelector('table') === null
			);
		}
	});
	if (before !== null) await page.setViewportSize(before);
	return found;
}
