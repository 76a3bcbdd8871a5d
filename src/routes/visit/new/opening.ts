/** What a visit form opens with: the door, what is known of it and, after a refusal, what was said. */
import { dayOf } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { SETTINGS_RECORD, settingsAt, type VisitRules } from '#domain/settings.ts';
import type { App } from '#lib/app.ts';
import { doorOfDraft, doorToKeep, type DoorBegun } from '#lib/drafts/begun-visit.ts';
import { MEND, visitDraft } from '#lib/drafts/draft-store.ts';
import { knownOfDoor, type KnownOfDoor } from '#lib/field/due-list.ts';
import { toldOfDoors } from '#lib/field/known-doors.ts';
import { doorsOf } from '#lib/homes/doors-of.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { householdOf, mendedVisit, refusedVisit } from './mending.ts';
import { freshVisit, type Shortcut, type VisitDraft } from './visit-draft.ts';

export interface Opening {
	/** Null for a meeting, which has no door. */
	readonly home: DoorBegun | null;
	readonly known: KnownOfDoor | null;
	readonly rules: VisitRules;
	readonly start: VisitDraft;
	readonly draftKey: string;
	/** The refused entries that this form stands for. */
	readonly refused: readonly AttentionItem[];
}

/** What an address and a draft's key call a visit without a door. */
const MEETING = 'meeting';
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
	const isMeeting = visit ? door === null : query.get('as') === MEETING;
	const draftKey = mend === null ? visitDraft(door ?? MEETING) : `visit:${MEND}${mend}`;
	const home = door === null ? null : await doorOf(app, door, draftKey);
	if (home === null && !isMeeting) return null;

	const settings = await app.rows.one('settings', RecordId.parse(SETTINGS_RECORD))();
	return {
		home,
		known: home === null ? null : await knownOf(app, home.record),
		rules: settingsAt(settings?.row ?? null, dayOf(app.now())),
		start: {
			...(visit
				? mendedVisit(visit, refused, home)
				: freshVisit(home, {
						visit: app.newRecord(),
						firstDemand: app.newRecord(),
						startedAt: app.now(),
						shortcut: shortcuts.find((each) => each === query.get('as'))
					})),
			...(home === null ? {} : { door: doorToKeep(home) })
		},
		draftKey,
		refused
	};
}

/** As the register has it; of one that left this device, what the begun visit kept. */
async function doorOf(app: App, door: RecordId, draftKey: string): Promise<DoorBegun | null> {
	const held = await app.rows.one('household', door)();
	if (held !== null) return held.row;
	const draft = await app.drafts.read(draftKey);
	return draft === undefined ? null : doorOfDraft(draft);
}

async function knownOf({ rows }: App, door: RecordId): Promise<KnownOfDoor> {
	const { visits, demands } = await toldOfDoors(rows, await doorsOf(rows, door)())();
	return knownOfDoor(visits, demands);
}
