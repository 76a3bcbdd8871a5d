/** The district's settings in force on the screen's day, as a rune (J7). */
import { dayOf } from '#domain/calendar.ts';
import { settingsAt, settingsRecord, type Settings } from '#domain/settings.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from './clock.svelte.ts';

export interface Rules {
	readonly ready: boolean;
	readonly error: Error | null;
	readonly current: Settings;
}

/** Call while a component is being made. */
export function rulesInForce(app: App): Rules {
	const found = live(() => app.rows.one('settings', settingsRecord()), null);
	const today = $derived(dayOf(screenNow(app)));
	const current = $derived(settingsAt(found.current?.row ?? null, today));
	return {
		get ready() {
			return found.ready;
		},
		get error() {
			return found.error;
		},
		get current() {
			return current;
		}
	};
}
