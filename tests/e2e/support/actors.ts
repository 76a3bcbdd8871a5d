/** What people do first: take a demo identity or join by a link, and wait until their device is in step. */
import {
	expect,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page
} from '@playwright/test';
import type { Role } from '#domain/people.ts';
import { m } from '#lib/i18n/index.ts';
import { ask } from './ask.ts';

/** The identities of the demo district, with the first page of each. */
export const homes = {
	member: '/today',
	secretary: '/inbox',
	subdistrict: '/board',
	district: '/board'
} as const;
export type Identity = keyof typeof homes;

/** The sizes at which each role works: a phone, a tablet, a desktop screen. */
export const sizes = {
	member: { width: 390, height: 844 },
	secretary: { width: 820, height: 1180 },
	subdistrict: { width: 1440, height: 900 },
	district: { width: 1440, height: 900 }
} as const satisfies Record<Identity, { width: number; height: number }>;

export interface DemoPerson {
	readonly key: Identity;
	readonly name: string;
	readonly role: Role;
	readonly orgName: string;
}

/** One tap on the welcome screen; waits for the home of the identity, in step with the relay. */
export async function becomes(page: Page, url: string, identity: Identity): Promise<DemoPerson> {
	const people = await ask<DemoPerson[]>(url, '/api/demo/people');
	const person = people.find(({ key }) => key === identity);
	if (!person) throw new Error(`actors: the demo district has no ${identity}`);
	await page.goto(`${url}/welcome`);
	const words = m.setup.welcome.identity(person.name, m.roles[person.role]);
	await page.getByRole('button', { name: words }).filter({ hasText: person.orgName }).click();
	await page.waitForURL(`**${homes[identity]}`);
	await inStep(page);
	return person;
}

/** The same on a device of its own, of the size that the role works at. */
export async function becomesOn(browser: Browser, url: string, identity: Identity): Promise<Page> {
	const page = await (await browser.newContext({ viewport: sizes[identity] })).newPage();
	await becomes(page, url, identity);
	return page;
}

/** Opens an invitation's link and confirms; `check` are the last digits of the registered phone. */
export async function joins(page: Page, link: string, check?: string): Promise<void> {
	await page.goto(link);
	if (check !== undefined) await page.getByLabel(m.setup.join.check).fill(check);
	await page.getByRole('button', { name: m.setup.join.confirm }).click();
	await page.waitForURL((url) => url.pathname !== '/join' && url.pathname !== '/');
	await inStep(page);
}

/** Joins on a device of its own, which has the relay's days where `dated` gives them. */
export async function joinsOn(
	browser: Browser,
	viewport: { readonly width: number; readonly height: number },
	link: string,
	dated?: { date(context: BrowserContext): Promise<void> }
): Promise<Page> {
	const context = await browser.newContext({ viewport });
	await dated?.date(context);
	const page = await context.newPage();
	await joins(page, link);
	return page;
}

/** The sync chip of the page that is open. */
export function chip(page: Page): Locator {
	return page.locator('[data-sync]').first();
}

/** Everything handed in and everything there is received. */
export async function inStep(page: Page): Promise<void> {
	await expect(chip(page)).toHaveAttribute('data-sync', 'synced', { timeout: 30_000 });
}

/** The service worker has the whole app and answers for it: from now on no network is needed. */
export async function installed(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller !== null) return;
		await new Promise((resolve) =>
			navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
		);
	});
}

/** A figure as it stands on the screen, by its data-figure name and, on the board, the organisation. */
export async function figure(page: Page, name: string, org?: string): Promise<number> {
	const within = org === undefined ? page : page.locator(`[data-org="${org}"]`);
	const text = await within.locator(`[data-figure="${name}"]`).first().innerText();
	return Number(text.replaceAll(',', ''));
}
