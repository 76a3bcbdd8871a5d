/** Filling in forms as a finger does. */
import type { Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';

/** Ticks the option of that name, by its label: the disc itself is drawn. */
export async function choose(page: Page, name: string | RegExp): Promise<void> {
	const option = page.getByRole('radio', { name }).first();
	await option.locator('xpath=ancestor::label').click();
}

export async function goOn(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.act.continue, exact: true }).click();
}

export async function press(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name }).first().click();
}

/** Presses a button of the sheet that lies open, though one behind it begins with the same word. */
export async function pressInSheet(page: Page, name: string): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name }).first().click();
}

export function anyCount(words: (n: number) => string): RegExp {
	return new RegExp(words(0).replace('0', '\\d+'));
}
