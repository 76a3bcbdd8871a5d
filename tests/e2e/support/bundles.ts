/** A phone's file and the tablet that takes it, by the buttons. */
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { m } from '#lib/i18n/index.ts';
import { press } from './forms.ts';

/** What the phone packs on the page that is open, as it saves it. */
export async function packed(phone: Page): Promise<string> {
	await press(phone, m.phone.bundle.pack);
	return saved(phone);
}

/** What was packed, as the phone saves it. */
export async function saved(phone: Page): Promise<string> {
	const saving = phone.waitForEvent('download');
	await press(phone, m.phone.bundle.save);
	return readFileSync(await (await saving).path(), 'utf8');
}

/** Chooses files by the button, as a secretary does. */
export async function takes(tablet: Page, files: Readonly<Record<string, string>>): Promise<void> {
	const picking = tablet.waitForEvent('filechooser');
	await press(tablet, m.phone.take.choose);
	const chosen = Object.entries(files).map(([name, text]) => ({
		name,
		mimeType: 'text/plain',
		buffer: Buffer.from(text)
	}));
	await (await picking).setFiles(chosen);
}
