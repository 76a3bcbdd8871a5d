/** 重大变化 in words, and as what is said of it. */
import { dayOf } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { MajorChange } from '#domain/kinds/household-changing.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { optionsOf } from '#lib/ui/field.ts';
import { clock, dayWords, momentWords } from '#lib/ui/format.ts';
import { noteSaid } from './short-note.ts';

const words = m.round.change;

export const changeOptions = optionsOf(MajorChange.options, words.what);

/** A visit hangs on it only in the highest tier: elsewhere nobody is asked. */
export function asksForChange(home: Pick<HouseholdRow, 'tier' | 'state'>): boolean {
	return home.tier === 'high' && isLive(home);
}

export function changeSaid(record: RecordId, what: MajorChange, note = ''): Utterance {
	return { kind: 'household.changed.v1', record, body: { what, ...noteSaid(note) } };
}

/** 家人生病住院，11月30日说的 */
export function changeWords(
	{ changedAt, changedWhat, changedNote }: HouseholdRow,
	now: number
): string | undefined {
	if (changedAt === undefined) return undefined;
	const what = words.what[changedWhat ?? 'other'];
	const told = changedNote === undefined ? what : words.withNote(what, changedNote);
	return words.told(told, momentWords(changedAt, now));
}

/** 12月1日 10:20前要见到人 */
export function byWords(by: number, now: number): string {
	const moment =
		dayOf(by) === dayOf(now) ? momentWords(by, now) : m.when.at(dayWords(by), clock(by));
	return by < now ? words.late(moment) : words.by(moment);
}
