/** [O1] A device that fills up under a form: it says what was not kept, and keeps all that was. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import { becomes, sizes } from './support/actors.ts';
import { bigPhotos } from './support/big-photo.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOn } from './support/forms.ts';
import { littleRoom } from './support/little-room.ts';
import { entriesAt } from './support/relay-store.ts';
import { handIn, reachDemands, startVisit } from './support/visits.ts';

const ASKED = '下水道堵了';
const SUGGESTED = '想在楼下加个长椅';
const { photos, keepProblems } = m.visit;
test.setTimeout(180_000);

test('a photo and a text for which there is no room are told of, and lost are neither they nor what was written before', async ({
	page
}) => {
	const app = await spawnDemoApp();
	try {
		const room = await littleRoom(page, app.url);
		await page.setViewportSize(sizes.member);
		await becomes(page, app.url, 'member');
		await startVisit(page, app.url);
		await reachDemands(page);
		await page.getByLabel(m.member.visit.demands.text).fill(ASKED);
		await goOn(page);
		const [photo] = await bigPhotos(page, { count: 1, side: 320 });
		if (photo === undefined) throw new Error('full: no photo');
		const album = page.locator('input[type=file][multiple]');
		const suggestions = page.getByLabel(m.member.visit.other.suggestions);
		await page.getByText(m.visit.moreNote).click();

		await room.end();
		await album.setInputFiles(photo);
		await expect(page.getByText(keepProblems['storage-full'])).toBeVisible();
		await expect(page.getByRole('img', { name: photos.photo(1) })).toHaveCount(0);
		await suggestions.fill(SUGGESTED);
		await expect(page.getByText(m.member.draftFailed)).toBeVisible();
		await expect(suggestions).toHaveValue(SUGGESTED);

		// What could not be written is tried again by itself.
		await room.giveBack();
		await expect(page.getByText(m.member.draftFailed)).toHaveCount(0);
		await album.setInputFiles(photo);
		await expect(page.getByRole('img', { name: photos.photo(1) })).toBeVisible();
		await page.reload();
		await expect(page.getByRole('img', { name: photos.photo(1) })).toBeVisible();
		await expect(suggestions).toHaveValue(SUGGESTED);
		await page.getByRole('button', { name: m.act.toCheck }).click();
		await expect(page.getByText(ASKED)).toBeVisible();
		await handIn(page);
		const told = () => entriesAt(app.dataDir, 'visit.recorded.v1').at(-1)?.body;
		await expect.poll(() => told()?.suggestions).toBe(SUGGESTED);
		expect(told()?.photos).toHaveLength(1);
	} finally {
		await app.end();
	}
});
