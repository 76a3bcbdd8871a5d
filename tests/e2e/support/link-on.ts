/** Finds where a page leads. */
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { settled } from './gates.ts';
import type { Stop } from './gate-stops.ts';

/** The path of a stop, or null where no link of its shape appears. */
export async function pathOf(page: Page, url: string, { at }: Stop): Promise<string | null> {
	if (typeof at === 'string') return at;
	await page.goto(`${url}${at.from}`);
	await settled(page);
	const links = page.locator('a[href]');
	let found: string | null = null;
	await expect
		.poll(async () => {
			const hrefs = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')));
			found = hrefs.find((href) => href !== null && at.link.test(href)) ?? null;
			return found;
		})
		.not.toBeNull()
		.catch(() => undefined);
	return found;
}
