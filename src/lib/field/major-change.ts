/** 重大变化 in words, and as what is said of it. */
import { dayOf } from '#domain/calendar.ts';
import type { EntryId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { lastChange, MajorChange, type ToldChange } from '#domain/kinds/household-changing.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { isDesk } from '#domain/people.ts';
import type { Me, Utterance } from '#lib/app.ts';
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

export function changeSaid(
	record: RecordId,
	what: MajorChange,
	{ note = '', visit }: { readonly note?: string | undefined; readonly visit?: RecordId } = {}
): Utterance {
	const told = { what, ...noteSaid(note), ...(visit === undefined ? {} : { visit }) };
	return { kind: 'household.changed.v1', record, body: told };
}

export function withdrawalSaid(record: RecordId, told: EntryId, reason: string): Utterance {
	return { kind: 'household.change-withdrawn.v1', record, body: { told, reason } };
}

/** What a visit told of a door, as far as it was not taken back. */
export function toldInVisit(
	{ toldChanges = [] }: HouseholdRow,
	visit: RecordId
): readonly ToldChange[] {
	return toldChanges.filter((change) => change.visit === visit && !change.isWithdrawn);
}

/** The entry that told of the change that stands, where this person may take it back. */
export function mayWithdraw(home: HouseholdRow, { person, duty }: Me): EntryId | undefined {
	const { what, entry, by } = lastChange(home) ?? {};
	const isTheirs = by === person || (duty !== undefined && isDesk(duty.role));
	return isTheirs && what !== 'tierRaised' ? entry : undefined;
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
