// Another language opens the app anew: never over a form that could not be kept.
import { afterEach, expect, test, vi } from 'vitest';
import type { DraftRecord } from '#lib/device/device-db.ts';
import { draftSaver } from '#lib/drafts/draft-saver.ts';
import { draftStore, type DraftsDb } from '#lib/drafts/draft-store.ts';
import { changeLanguage } from '#lib/shell/change-language.ts';

afterEach(() => vi.unstubAllGlobals());

test('what is being written is kept first, then the app opens anew in the other language', async () => {
	const steps = watched();
	const app = formsOver(steps, () => false);
	expect(app.isDirty()).toBe(true);
	expect(await changeLanguage(app, 'en')).toBe(true);
	expect(steps).toEqual(['written 写了一半', 'language en', 'opened anew']);
});

test('a form that could not be kept stays, and so does the language, until it is kept or given up', async () => {
	const steps = watched();
	let isFull = true;
	const app = formsOver(steps, () => isFull);
	expect(await changeLanguage(app, 'en')).toBe(false);
	expect(steps).toEqual([]);
	isFull = false;
	expect(await changeLanguage(app, 'en')).toBe(true);
	expect(steps).toEqual(['written 写了一半', 'language en', 'opened anew']);

	const other = formsOver(steps, () => true);
	expect(await changeLanguage(other, 'zh-CN')).toBe(false);
	other.giveUp();
	expect(await changeLanguage(other, 'zh-CN')).toBe(true);
});

/** A form in which something was typed, over a device that may be full. */
function formsOver(steps: string[], isFull: () => boolean) {
	const put = (draft: DraftRecord) => {
		if (isFull()) return Promise.reject(new Error('full'));
		steps.push(`written ${String(draft.value)}`);
		return Promise.resolve(draft.key);
	};
	// The store uses nothing else of the table.
	const db = { drafts: { put } } as unknown as DraftsDb;
	const store = draftStore(
		() => db,
		() => 0
	);
	const key = 'visit:door-1';
	const saver = draftSaver(
		store,
		() => ({ key, schemaVersion: 1 }),
		() => undefined,
		() => undefined
	);
	// As a form is that differs from its beginning, written or not.
	store.open({
		key,
		isDirty: () => true,
		flush: saver.flush,
		rewrite: saver.flush,
		stop: saver.stop
	});
	saver.touch('写了一半');
	return {
		flushForms: () => store.flushForms(),
		isDirty: () => store.dirtyForms() > 0,
		giveUp: () => store.end(key)
	};
}

/** What the browser is told, in order. */
function watched(): string[] {
	const steps: string[] = [];
	vi.stubGlobal('localStorage', {
		setItem: (key: string, value: string) => steps.push(`${key} ${value}`)
	});
	vi.stubGlobal('location', { reload: () => steps.push('opened anew') });
	return steps;
}
