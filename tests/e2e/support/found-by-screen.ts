/** 建立本区 through its four steps, as an office does it on the day it begins. */
import { expect, type Page } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';

const words = m.setup.found;

export interface FirstPeople {
	readonly admin: string;
	readonly districtOfficer: string;
	readonly subdistrictOfficer: string;
	readonly communitySecretary: string;
	readonly member: string;
}

export interface Founding {
	readonly secret: string;
	readonly name: string;
	/** Path of the list of organisations. */
	readonly list: string;
	readonly subdistrict: string;
	readonly community: string;
	readonly people: FirstPeople;
}

/** Goes through all steps; answers the invitation links by the names of the invited. */
export async function foundByScreen(
	page: Page,
	url: string,
	founding: Founding
): Promise<ReadonlyMap<string, string>> {
	await page.goto(`${url}/setup`);
	await giveNames(page, founding);
	await chooseList(page, founding.list);
	await expect(page.getByText(new RegExp(words.kept('[\\d,]+')))).toBeVisible();
	await onward(page);
	await namePeople(page, founding);
	await onward(page);
	await page.getByRole('button', { name: words.create, exact: true }).click();
	await expect(page.getByRole('heading', { name: words.done })).toBeVisible({ timeout: 60_000 });
	return invitationLinks(page);
}

export async function giveNames(
	page: Page,
	{ secret, name }: Pick<Founding, 'secret' | 'name'>
): Promise<void> {
	await page.getByLabel(words.secret).fill(secret);
	await page.getByLabel(words.name).fill(name);
	await onward(page);
}

/** A file by its path, or one that is made for the test. */
export async function chooseList(
	page: Page,
	file: string | { name: string; mimeType: string; buffer: Buffer }
): Promise<void> {
	await page.locator('input[type="file"]').setInputFiles(file);
}

export async function namePeople(
	page: Page,
	founding: Pick<Founding, 'people' | 'subdistrict' | 'community'>
): Promise<void> {
	for (const [role, name] of Object.entries(founding.people))
		await page.locator(`#${role}-name`).fill(name);
	await page.getByLabel(words.subdistrict).selectOption({ label: founding.subdistrict });
	await page.getByLabel(words.community).selectOption({ label: founding.community });
}

export async function onward(page: Page): Promise<void> {
	await page.getByRole('button', { name: m.act.continue, exact: true }).click();
}

/** The links on the slips that are shown once, by the names of the invited. */
export async function invitationLinks(page: Page): Promise<ReadonlyMap<string, string>> {
	const slips = page.getByRole('article');
	const links = new Map<string, string>();
	for (const slip of await slips.all()) {
		const name = await slip.getByRole('heading').innerText();
		const [link] = /https?:\/\/\S+#\S+/.exec(await slip.innerText()) ?? [];
		if (link !== undefined) links.set(name, link);
	}
	return links;
}
