/** 语音备注: spoken at a door without a network, over a kill in the middle of a sentence, heard at the desk. */
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { VOICE_SECONDS, VoiceNote } from '#domain/media.ts';
import { m } from '#lib/i18n/index.ts';
import { TAKE_BACK_MS } from '#lib/outbox/say.ts';
import { becomes, inStep, installed, sizes } from './support/actors.ts';
import { spawnDemoApp } from './support/demo-app.ts';
import { goOffline, goOnline, startDevice } from './support/device.ts';
import { goOn } from './support/forms.ts';
import { arrivedAt, entriesAt, mediaAt } from './support/relay-store.ts';
import { handIn, reachDemands, startVisit } from './support/visits.ts';

test.use({ serviceWorkers: 'allow' });

const { voice } = m.visit;
/** A microphone that hears a tone, and a browser that asks nobody for leave. */
const MICROPHONE = '--use-fake-device-for-media-stream';
const ALLOWED = '--use-fake-ui-for-media-stream';
const recorded = 'visit.recorded.v1';
const Spoken = z.object({ voiceNotes: z.array(VoiceNote) });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function reachVoice(page: Page, url: string): Promise<void> {
	await startVisit(page, url);
	await reachDemands(page);
	await goOn(page);
	await expect(button(page, voice.record)).toBeVisible();
}

/** Speaks until the screen counts so many seconds. */
async function speaks(page: Page, seconds: number): Promise<void> {
	await button(page, voice.record).click();
	await expect(page.getByText(voice.length(seconds), { exact: true })).toBeVisible();
}

/** Presses 播放 of the note at this place, and waits until something sounds. */
async function hears(page: Page, nth: number): Promise<void> {
	await button(page, new RegExp(voice.playNth(nth, ''))).click();
	await expect(button(page, voice.pauseNth(nth))).toBeVisible();
	const heard = () =>
		page.evaluate(() =>
			Math.max(0, ...[...document.querySelectorAll('audio')].map((each) => each.currentTime))
		);
	await expect.poll(heard).toBeGreaterThan(0.3);
}

test('what was said offline is heard again, outlives a kill in the middle, and is played at the desk', async ({
	browser
}) => {
	const app = await spawnDemoApp();
	const device = await startDevice({
		viewport: sizes.member,
		phone: true,
		args: [MICROPHONE, ALLOWED]
	});
	try {
		await becomes(device.page, app.url, 'member');
		await installed(device.page);
		await goOffline(device.context, app);
		await reachVoice(device.page, app.url);
		const form = device.page.url();
		await speaks(device.page, 2);
		await button(device.page, voice.stop).click();
		await hears(device.page, 1);
		await speaks(device.page, 4);
		await device.kill();

		const page = await device.open({ offline: true });
		await page.goto(form);
		await expect(page.getByText(voice.found('').slice(0, 6))).toBeVisible();
		await expect(page.getByText(voice.nth(2, '').trim())).toBeVisible();
		await hears(page, 2);
		// Whoever goes on in the middle of a sentence takes it along.
		await speaks(page, 1);
		await button(page, m.act.toCheck).click();
		await expect(page.getByText(voice.count(3))).toBeVisible();
		await hears(page, 3);
		await button(page, m.act.changeWhat(m.visit.check.media)).click();
		await button(page, voice.dropNth(3)).click();
		await expect(page.getByText(voice.nth(3, '').trim())).toHaveCount(0);
		await button(page, m.act.toCheck).click();
		await handIn(page);
		await page.getByRole('link', { name: m.member.saved.open }).click();
		await expect(page.getByText(m.visit.photos.waiting).first()).toBeVisible();
		const before = entriesAt(app.dataDir, recorded).length;
		await goOnline(device.context, app);
		const [visit] = await arrivedAt(app.dataDir, recorded, { before, count: 1 });
		await inStep(page);
		const { voiceNotes } = Spoken.parse(visit?.body);
		const [first, cut] = voiceNotes.map(({ seconds }) => seconds);
		expect(voiceNotes).toHaveLength(2);
		expect(first).toBeGreaterThanOrEqual(2);
		// Of four seconds and a little about the last one may be missing.
		expect(cut).toBeGreaterThanOrEqual(3);
		expect(mediaAt(app.dataDir)).toEqual(
			expect.arrayContaining(voiceNotes.map(({ sha256 }) => sha256))
		);

		const desk = await browser.newPage({ viewport: sizes.secretary, locale: 'zh-CN' });
		await becomes(desk, app.url, 'secretary');
		await desk.goto(`${app.url}/visits/${visit?.record ?? ''}`);
		await hears(desk, 2);
		await hears(desk, 1);
		// One sounds at a time.
		await expect(button(desk, voice.pauseNth(2))).toHaveCount(0);
	} finally {
		await device.end();
		await app.end();
	}
});

test('a recording stops by itself when it is as long as one may be, and is handed in as that', async () => {
	const app = await spawnDemoApp();
	const device = await startDevice({
		viewport: sizes.member,
		phone: true,
		args: [MICROPHONE, ALLOWED]
	});
	try {
		const { page } = device;
		await becomes(page, app.url, 'member');
		await reachVoice(page, app.url);
		await page.clock.install();
		await speaks(page, 1);
		await page.clock.fastForward(VOICE_SECONDS * 1000);
		await expect(page.getByText(voice.nth(1, '').trim())).toBeVisible();
		await expect(button(page, voice.stop)).toHaveCount(0);
		await button(page, m.act.toCheck).click();
		const before = entriesAt(app.dataDir, recorded).length;
		await handIn(page);
		await page.clock.fastForward(TAKE_BACK_MS);
		const [visit] = await arrivedAt(app.dataDir, recorded, { before, count: 1 });
		expect(visit?.verdict).toBe('accepted');
		expect(Spoken.parse(visit?.body).voiceNotes).toMatchObject([{ seconds: VOICE_SECONDS }]);
	} finally {
		await device.end();
		await app.end();
	}
});

test('where the microphone is not allowed, a sentence says so and the form goes on', async () => {
	const app = await spawnDemoApp();
	const device = await startDevice({ viewport: sizes.member, phone: true, args: [MICROPHONE] });
	try {
		const { page, context } = device;
		// Whatever is not in the list is refused.
		await context.grantPermissions(['geolocation']);
		await becomes(page, app.url, 'member');
		await reachVoice(page, app.url);
		await button(page, voice.record).click();
		await expect(page.getByText(voice.noMicrophone.denied)).toBeVisible();
		await expect(button(page, voice.record)).toBeVisible();
		await page.evaluate(() => Reflect.deleteProperty(window, 'MediaRecorder'));
		await button(page, voice.record).click();
		await expect(page.getByText(voice.noMicrophone.unsupported)).toBeVisible();
		await button(page, m.act.toCheck).click();
		await handIn(page);
	} finally {
		await device.end();
		await app.end();
	}
});
