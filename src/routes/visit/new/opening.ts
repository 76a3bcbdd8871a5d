/** What a visit form opens with: the door, what is known of it and, after a refusal, what was said. */
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { SETTINGS_RECORD, settingsAt, type Settings } from '#domain/settings.ts';
import type { App } from '#lib/app.ts';
import { knownOfDoor, type KnownOfDoor } from '#lib/field/due-list.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { householdOf, mendedVisit, refusedVisit } from './mending.ts';
import { freshVisit, type Shortcut, type VisitDraft } from './visit-draft.ts';

export interface Opening {
	readonly home: HouseholdRow;
	readonly known: KnownOfDoor;
	readonly cadenceDays: Settings['cadenceDays'];
	readonly start: VisitDraft;
	readonly draftKey: string;
	/** The refused entries that this form stands for. */
	readonly refused: readonly AttentionItem[];
}

const shortcuts: readonly Shortcut[] = ['notHome', 'allWell'];

/** Null: the door, or what was refused, is not on this device. */
export async function openVisit(app: App, query: URLSearchParams): Promise<Opening | null> {
	const mend = query.get('mend');
	const attention = mend === null ? [] : await app.rows.attention()();
	const refused = attention.filter((item) => item.commit === mend);
	const visit = refusedVisit(refused);
	if (mend !== null && visit === undefined) return null;

	const asked = RecordId.safeParse(query.get('household'));
	const door = visit ? householdOf(visit) : (asked.data ?? null);
	const home = door === null ? null : await app.rows.one('household', door)();
	if (door === null || home === null) return null;

	const [visits, demands, settings] = await Promise.all([
		app.rows.all({ family: 'visit', on: door })(),
		app.rows.all({ family: 'demand', on: door })(),
		app.rows.one('settings', RecordId.parse(SETTINGS_RECORD))()
	]);
	return {
		home: home.row,
		known: knownOfDoor(visits, demands),
		cadenceDays: settingsAt(settings?.row ?? null, dayOf(app.now())).cadenceDays,
		start: visit
			? mendedVisit(visit, refused, home.row)
			: freshVisit(home.row, {
					visit: app.newRecord(),
					firstDemand: app.newRecord(),
					startedAt: app.now(),
					shortcut: shortcuts.find((each) => each === query.get('as'))
				}),
		draftKey: mend === null ? `visit:${door}` : `visit:mend-${mend}`,
		refused
	};
}
