/** Slips of paper as somebody holds them in the hand: the code is printed, the link stands in the QR symbol. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';

const words = m.setup.invitations;

export interface HeldSlip {
	readonly code: string;
	/** What a camera reads. */
	readonly link: string;
}

export type HeldSlips = ReadonlyMap<string, HeldSlip>;

export function heldBy(slips: HeldSlips, name: string): HeldSlip {
	const slip = slips.get(name);
	if (slip === undefined) throw new Error(`slips: ${name} has none`);
	return slip;
}

/** On the page where slips are made: for everybody who has not joined. */
export async function slipsForAll(page: Page): Promise<HeldSlips> {
	await expect(page.getByRole('button', { name: words.slips.none })).toBeVisible();
	const count = await page.getByRole('checkbox').count();
	const open = await page.getByRole('checkbox', { name: words.slips.replaces }).count();
	await page.getByRole('button', { name: words.slips.all(count - open) }).click();
	// Whoever has one already is chosen one by one.
	const rest = page.getByRole('checkbox', { checked: false });
	while ((await rest.count()) > 0) await rest.first().click();
	const answered = page.waitForResponse((response) =>
		response.url().endsWith('/invitations/slips')
	);
	await page.getByRole('button', { name: words.slips.make(count) }).click();
	const { slips }: { slips: { name: string; code: string; link: string }[] } = await (
		await answered
	).json();
	await expect(page.getByRole('article')).toHaveCount(count);
	return new Map(slips.map(({ name, code, link }) => [name, { code, link }]));
}

/** 我有邀请: the code of the slip and the last digits of the phone. */
export async function joinsByCode(page: Page, code: string, phone: string): Promise<void> {
	await page.getByLabel(m.setup.join.codeLabel).fill(code);
	await page.getByRole('button', { name: m.setup.join.look }).click();
	await page.getByLabel(m.setup.join.check).fill(phone.slice(-4));
	await page.getByRole('button', { name: m.setup.join.confirm }).click();
	await page.waitForURL((url) => url.pathname !== '/join' && url.pathname !== '/');
}
