/** A visit to its end: photo and signature without a network, over a kill, to the desk and back again. */
import { expect, test } from '@playwright/test';
import { m } from '#lib/i18n/index.ts';
import type { AppProcess } from '../support/app-process.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOffline, goOnline, startDevice } from './support/device.ts';
import { goOn, press } from './support/forms.ts';
import { cameraPhoto, EXIF_CANARY } from './support/photo.ts';
import { entriesAt } from './support/relay-store.ts';
import { handIn, reachDemands, signs, startVisit } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const { photos, sign, review } = m.visit;
let app: AppProcess;
test.beforeEach(async () => {
	app = await spawnDemoApp();
});
test.afterEach(() => app.end());

test('a photo, a signature and a demand outlive a kill offline; the desk sees them and sends the visit back', async ({
	browser
}) => {
	const device = await startDevice({ viewport: sizes.member, phone: true });
	await becomes(device.page, app.url, 'member');
	await installed(device.page);
	await goOffline(device.context, app);
	await startVisit(device.page, app.url);
	const form = new URL(device.page.url());
	await reachDemands(device.page);
	await device.page.getByLabel(m.member.visit.demands.text).fill('楼道灯不亮');
	await press(device.page, m.member.visit.demands.add);
	await goOn(device.page);

	const photo = await cameraPhoto(device.page);
	await device.page.locator('input[type=file]').first().setInputFiles(photo);
	await expect(device.page.getByRole('img', { name: photos.photo(1) })).toBeVisible();
	await signs(device.page);
	await device.kill();

	const page = await device.open({ offline: true });
	await page.goto(form.href);
	await expect(page.getByRole('img', { name: photos.photo(1) })).toBeVisible();
	await expect(page.getByRole('img', { name: sign.image(sign.interviewee) })).toBeVisible();
	await page.getByRole('button', { name: m.act.toCheck }).click();
	await expect(page.getByText(m.visit.check.photosN(1))).toBeVisible();
	await handIn(page);
	await page.getByRole('link', { name: m.member.saved.open }).click();
	await expect(page.getByText(photos.waiting).first()).toBeVisible();
	await goOnline(device.context, app);
	await expect(page.getByText(photos.waiting)).toHaveCount(0, { timeout: 30_000 });

	const visit = entriesAt(app.dataDir, 'visit.recorded.v1').at(-1);
	const desk = await browser.newPage({ viewport: sizes.secretary, locale: 'zh-CN' });
	await becomes(desk, app.url, 'secretary');
	await desk.goto(`${app.url}/visits/${visit?.record ?? ''}`);
	await desk.getByRole('button', { name: photos.look(1) }).click();
	const whole = desk.getByRole('dialog').getByRole('img', { name: photos.label });
	await expect(whole).toBeVisible();
	const kept = await desk.evaluate(pictureOf, nameIn(visit?.body));
	expect(kept.text).not.toContain('Exif');
	expect(kept.text).not.toContain(EXIF_CANARY);
	expect([kept.width, kept.height]).toEqual([844, 390]);
	await desk.keyboard.press('Escape');

	await desk.getByRole('button', { name: review.return, exact: true }).click();
	await desk.getByLabel(m.secretary.reason.label).fill('请补写灯在几楼');
	await desk.getByRole('button', { name: review.returnTitle }).click();
	await expect(desk.getByText(review.returned).first()).toBeVisible();
	await page.goto(`${app.url}/today`);
	await page
		.locator(`a[href="/visit/${visit?.record ?? ''}"]`)
		.first()
		.click();
	await page.getByRole('button', { name: m.visit.add.act }).first().click();
	await page.getByLabel(m.visit.add.words).fill('灯在三楼');
	await page.getByRole('dialog').getByRole('button', { name: m.visit.add.act }).click();
	await inStep(page);
	await expect(desk.getByText('灯在三楼')).toBeVisible({ timeout: 20_000 });
	await desk.getByRole('button', { name: review.act }).click();
	await expect(desk.getByText(m.visit.state.reviewed, { exact: true }).first()).toBeVisible();
	await desk.close();
	await device.end();
});

function nameIn(body: Readonly<Record<string, unknown>> | undefined): string {
	const [first]: unknown[] = Array.isArray(body?.photos) ? body.photos : [];
	const name: unknown = typeof first === 'object' && first !== null && Reflect.get(first, 'sha256');
	return typeof name === 'string' ? name : '';
}

/** In the page: the picture as the relay gives it, its letters and its size. */
async function pictureOf(name: string): Promise<{ text: string; width: number; height: number }> {
	const bytes = await (await fetch(`/api/media/${name}`)).arrayBuffer();
	const bitmap = await createImageBitmap(new Blob([bytes]));
	const { width, height } = bitmap;
	return { text: new TextDecoder('latin1').decode(bytes), width, height };
}
