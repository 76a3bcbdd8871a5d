/** What a visit takes along with its words: nine photos at the most, ink, and a place no finer than a block. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomes, sizes } from './support/actors.ts';
import { bigPhotos } from './support/big-photo.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOn } from './support/forms.ts';
import { entriesAt } from './support/relay-store.ts';
import { draws, handIn, reachDemands, startVisit } from './support/visits.ts';

const { photos, location } = m.visit;
const MOST = 9;
const AT_THE_DOOR = { latitude: 30.123456, longitude: 114.987654, accuracy: 12 };

test('a tenth photo is not taken and said so, a file that is none is refused, and a place is kept roughly', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const context = await browser.newContext({ viewport: sizes.member, geolocation: AT_THE_DOOR });
		const page = await context.newPage();
		await becomes(page, app.url, 'member');
		await startVisit(page, app.url);
		await reachDemands(page);
		await goOn(page);

		const album = page.locator('input[type=file][multiple]');
		const letter = { name: '信.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('没有图') };
		await album.setInputFiles(letter);
		await expect(page.getByText(photos.notPicture)).toBeVisible();

		const [first, cut, last, ...more] = await bigPhotos(page, { count: MOST + 2, side: 320 });
		if (!first || !cut || !last) throw new Error('visit-proof: too few photos');
		const half = { ...cut, buffer: cut.buffer.subarray(0, cut.buffer.length / 2) };
		await album.setInputFiles([first, half, last]);
		await expect(page.getByText(photos.unreadable)).toBeVisible();
		await expect(page.getByRole('img', { name: photos.photo(2) })).toBeVisible();
		await expect(page.getByText(photos.storing)).toHaveCount(0);
		await expect(page.getByRole('img', { name: photos.photo(3) })).toHaveCount(0);

		await album.setInputFiles(more);
		await expect(page.getByRole('img', { name: photos.photo(MOST) })).toBeVisible();
		await expect(page.getByText(photos.full(MOST))).toBeVisible();
		await expect(page.getByText(photos.beyond(1))).toBeVisible();
		await expect(album).toHaveCount(0);
		await page.getByRole('button', { name: photos.drop(1) }).click();
		await expect(page.getByRole('img', { name: photos.photo(MOST) })).toHaveCount(0);
		await expect(album).toHaveCount(1);

		// Nobody says 签好了: what was written goes along all the same.
		await draws(page);
		await page.getByText(m.visit.moreNote).click();
		const place = page.getByRole('checkbox', { name: location.label });
		await place.click();
		await expect(page.getByText(location.denied)).toBeVisible();
		await context.grantPermissions(['geolocation']);
		await place.check();
		await expect(page.getByText(location.found(100))).toBeVisible();
		await page.getByRole('button', { name: m.act.toCheck }).click();
		await expect(page.getByText(m.visit.check.photosN(MOST - 1))).toBeVisible();
		await expect(page.getByText(m.visit.check.signedBy)).toBeVisible();
		await handIn(page);

		const told = () => entriesAt(app.dataDir, 'visit.recorded.v1').at(-1)?.body;
		const roughly = { lat: 30.123, lng: 114.988, accuracy: 100, datum: 'WGS-84' };
		await expect.poll(() => told()?.location).toEqual(roughly);
		expect(told()?.photos).toHaveLength(MOST - 1);
		expect(told()?.intervieweeSignature).toBeDefined();
		expect(JSON.stringify(told())).not.toContain('114.9876');
	} finally {
		await app.end();
	}
});

test('photos that are still being stored when somebody goes on are in the visit', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	try {
		const page = await browser.newPage({ viewport: sizes.member });
		await becomes(page, app.url, 'member');
		await startVisit(page, app.url);
		await reachDemands(page);
		await goOn(page);
		const chosen = await bigPhotos(page, { count: 4, side: 3000 });
		const session = await page.context().newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		await page.locator('input[type=file][multiple]').setInputFiles([...chosen]);
		await page.getByRole('button', { name: m.act.toCheck }).click();
		await page.getByRole('button', { name: m.act.handIn }).click({ timeout: 60_000 });
		await expect(page.getByRole('heading', { name: m.sync.savedTitle })).toBeVisible();
		const told = () => entriesAt(app.dataDir, 'visit.recorded.v1').at(-1)?.body;
		await expect.poll(() => told()?.photos, { timeout: 30_000 }).toHaveLength(chosen.length);
	} finally {
		await app.end();
	}
});
