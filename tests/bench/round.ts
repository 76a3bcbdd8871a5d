/** A day's round of a member: what a commit with photos costs, and what goes over the line, part by part. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { DeviceId } from '#domain/ids.ts';
import { layThinLine, type ThinLine } from '../e2e/support/thin-line.ts';
import { browserArgs, findBrowser } from '../support/browser.mjs';
import { startDistrict, type District } from '../support/district.ts';
import { addDevices, REALM } from '../support/relay.ts';
import { COMMUNITY, household, people } from '../support/tell.ts';
import { buildPage } from './app.ts';
import type { Bench } from './app-page/page.ts';
import type { RoundAsked, RoundKept } from './app-page/round.ts';
import { load, quantile } from './real-app.ts';

const DAY = { visits: 12, demands: 5, photos: 20, signatures: 4 };
/** What a phone's photo is once it is shrunk, and a signature. */
const PICTURES = { photoBytes: 150_000, signatureBytes: 12_000 };
const COMMITS = 40;
const PHOTOS_EACH = 3;

export async function* benchRound(): AsyncIterable<object> {
	const pages = mkdtempSync(join(tmpdir(), 'lxq-bench-page-'));
	await buildPage(pages);
	const district = await startDistrict({ build: pages });
	const line = await layThinLine();
	line.leadTo(district.relay.port);
	const browser = await chromium.launch({
		executablePath: findBrowser() ?? undefined,
		args: browserArgs
	});
	try {
		const door = v7();
		await district.devices.secretary.says(district.relay.url, household(door));
		const { member: person } = people;
		const asked = { realm: REALM, person, org: COMMUNITY, door, ...PICTURES };
		const phone = { browser, district, line };
		const photos = COMMITS * PHOTOS_EACH;
		const many = { visits: COMMITS, demands: 0, photos, signatures: 0 };
		yield await commits(phone, { ...asked, ...many, device: 'bench-commits' });
		yield await bytes(phone, { ...asked, ...DAY, device: 'bench-round' });
	} finally {
		await browser.close();
		await line.end();
		await district.end();
		rmSync(pages, { recursive: true, force: true });
	}
}

interface Phone {
	readonly browser: Browser;
	readonly district: District;
	readonly line: ThinLine;
}

async function commits(phone: Phone, asked: RoundAsked): Promise<object> {
	const { page, kept } = await keep(phone, asked);
	await page.context().close();
	return {
		figure: 'commit-with-photos',
		commits: COMMITS,
		photosEach: PHOTOS_EACH,
		photoBytes: PICTURES.photoBytes,
		keepPhotosP50Ms: quantile(kept.keepMs, 0.5),
		keepPhotosP95Ms: quantile(kept.keepMs, 0.95),
		sayP50Ms: quantile(kept.sayMs, 0.5),
		sayP95Ms: quantile(kept.sayMs, 0.95),
		load: load()
	};
}

async function bytes(phone: Phone, asked: RoundAsked): Promise<object> {
	const { page, kept } = await keep(phone, asked);
	const { line } = phone;
	const before = { ...line.carried };
	const ms = await page.evaluate(
		// The page puts its measures on its window.
		(given) => (window as unknown as { bench: Bench }).bench.sendRound(given),
		asked
	);
	await page.context().close();
	const up = line.carried.up - before.up;
	const { textBytes, signatureTextBytes, mediaBytes } = kept;
	return {
		figure: 'bytes-of-a-round',
		...DAY,
		...PICTURES,
		upBytes: up,
		recordsUp: textBytes,
		signaturesUp: signatureTextBytes,
		mediaUp: mediaBytes,
		protocolUp: up - textBytes - signatureTextBytes - mediaBytes,
		downBytes: line.carried.down - before.down,
		seconds: Math.round(ms / 100) / 10,
		load: load()
	};
}

/** A new phone that has said and kept all of it, and sent nothing yet. */
async function keep(
	{ browser, district, line }: Phone,
	asked: RoundAsked
): Promise<{ readonly page: Page; readonly kept: RoundKept }> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(line.url);
	await page.waitForFunction(() => 'bench' in window);
	const publicKey = await page.evaluate(
		// The page puts its measures on its window.
		(given) => (window as unknown as { bench: Bench }).bench.enrolForRound(given),
		asked
	);
	const { device } = asked;
	const id = DeviceId.parse(device);
	addDevices(district.dataDir, [{ id, person: people.member, publicKey }]);
	await context.addCookies([{ name: 'lxq', value: device, url: line.url }]);
	const kept = await page.evaluate(
		// The page puts its measures on its window.
		(given) => (window as unknown as { bench: Bench }).bench.keepRound(given),
		asked
	);
	return { page, kept };
}
