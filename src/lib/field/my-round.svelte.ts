/** The member's own round as runes: households in care, own visits and demands, the cadence in force. */
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { SETTINGS_RECORD, settingsAt, type Settings } from '#domain/settings.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { dueList, type DueLine } from './due-list.ts';

export interface MyRound {
	readonly ready: boolean;
	readonly error: Error | null;
	readonly lines: readonly DueLine[];
	readonly cadenceDays: Settings['cadenceDays'];
}

/** Call while a component is being made. */
export function myRound(app: App): MyRound {
	const { person } = app.me;
	const households = live(() => app.rows.all({ family: 'household', person }), []);
	const visits = live(() => app.rows.all({ family: 'visit', person }), []);
	const demands = live(() => app.rows.all({ family: 'demand', person }), []);
	const settings = live(() => app.rows.one('settings', RecordId.parse(SETTINGS_RECORD)), null);
	const cadenceDays = $derived(
		settingsAt(settings.current?.row ?? null, dayOf(screenNow(app))).cadenceDays
	);
	const lines = $derived(
		dueList({
			households: households.current,
			visits: visits.current,
			demands: demands.current,
			cadenceDays,
			now: screenNow(app)
		})
	);
	return {
		get ready() {
			return households.ready && visits.ready && demands.ready && settings.ready;
		},
		get error() {
			return households.error ?? visits.error ?? demands.error ?? settings.error;
		},
		get lines() {
			return lines;
		},
		get cadenceDays() {
			return cadenceDays;
		}
	};
}
