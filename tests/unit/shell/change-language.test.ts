// Another language opens the app anew: never over a form that could not be kept.
import { afterEach, expect, test, vi } from 'vitest';
import { changeLanguage } from '#lib/shell/change-language.ts';

afterEach(() => vi.unstubAllGlobals());

test('what is being written is kept first, then the app opens anew in the other language', async () => {
	const steps = watched();
	let dirty = 1;
	const flushForms = async () => {
		steps.push('kept');
		dirty = 0;
	};
	expect(await changeLanguage({ flushForms, dirtyForms: () => dirty }, 'en')).toBe(true);
	expect(steps).toEqual(['kept', 'language en', 'opened anew']);
});

test('a form that could not be kept stays, and so does the language', async () => {
	const steps = watched();
	const app = { flushForms: () => Promise.resolve(), dirtyForms: () => 1 };
	expect(await changeLanguage(app, 'en')).toBe(false);
	expect(steps).toEqual([]);
});

/** What the browser is told, in order. */
function watched(): string[] {
	const steps: string[] = [];
	vi.stubGlobal('localStorage', {
		setItem: (key: string, value: string) => steps.push(`${key} ${value}`)
	});
	vi.stubGlobal('location', { reload: () => steps.push('opened anew') });
	return steps;
}
