/** What a page in English has to hold: no Chinese but what somebody said, and every word whole. */
import type { Page } from '@playwright/test';

/** Chinese to be read or heard that nobody has said; what is marked as Chinese is so on purpose. */
export async function chineseNotSaid(page: Page, said: string): Promise<string[]> {
	const found = await page.evaluate(() => {
		const isOnPurpose = (element: Element | null) =>
			element === null || element.closest('[lang="zh-CN"], script, style') !== null;
		const named = [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')]
			.filter((element) => !isOnPurpose(element))
			.flatMap((element) =>
				['aria-label', 'title', 'alt', 'placeholder'].map((name) => element.getAttribute(name))
			);
		const texts: (string | null)[] = [document.title, ...named];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
			if (!isOnPurpose(node.parentElement)) texts.push(node.nodeValue);
		return texts.filter((text) => text !== null);
	});
	const runs = found.flatMap((text) => text.match(/\p{Script=Han}+/gu) ?? []);
	return [...new Set(runs)].filter((run) => !said.includes(run)).map((run) => `Chinese: ${run}`);
}

/** Words that are broken within themselves, or that reach out of the box or the screen they stand in. */
export async function hurtWords(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found = new Set<string>();
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const holder = node.parentElement;
			if (holder === null || holder.closest('script, style, .sr-only, option') !== null) continue;
			if (!holder.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/[A-Za-z]+/g)) {
				const range = document.createRange();
				range.setStart(node, index);
				range.setEnd(node, index + word.length);
				const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
				const edge = edgeOf(holder);
				if (lines.size > 1) found.add(`broken: ${word}`);
				else if (edge !== null && range.getBoundingClientRect().right > edge + 1)
					found.add(`cut off: ${word} in “${holder.innerText.slice(0, 40)}”`);
			}
		}
		return [...found];

		/** Where a text ends at the latest; null where it can be scrolled to. */
		function edgeOf(holder: Element): number | null {
			let edge = document.documentElement.clientWidth;
			for (let each: Element | null = holder; each !== null; each = each.parentElement) {
				const { display, overflowX } = getComputedStyle(each);
				if (/auto|scroll/.test(overflowX) && each !== document.documentElement) return null;
				if (display !== 'inline' && display !== 'contents')
					edge = Math.min(edge, each.getBoundingClientRect().right);
			}
			return edge;
		}
	});
}
