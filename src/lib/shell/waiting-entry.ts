/** An entry of the outbox in the words of the sync sheet. */
import { plainDoor } from '#domain/door-parts.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { isDeskKey } from '#domain/kinds/desk-key.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isResident } from '#domain/kinds/resident.ts';
import { isVisit } from '#domain/kinds/visit.ts';
import { m } from '#lib/i18n/index.ts';
import type { WaitingItem } from '#lib/outbox/waiting.ts';
import type { WaitingEntry } from '#lib/ui/sync.ts';

export function waitingEntry(item: WaitingItem, names: ReadonlyMap<string, string>): WaitingEntry {
	const note = noteOf(item, names);
	return {
		id: item.entry,
		kind: kindOfEntry(item.family),
		title: titleOf(item),
		at: item.at,
		travel: item.travel,
		...(note === undefined ? {} : { note })
	};
}

function noteOf(
	{ stage, carriedFor }: WaitingItem,
	names: ReadonlyMap<string, string>
): string | undefined {
	if (stage === 'later') return m.setup.laterNote;
	if (carriedFor === undefined) return undefined;
	return m.phone.carried.by(names.get(carriedFor) ?? m.records.someone);
}

function kindOfEntry(family: string): WaitingEntry['kind'] {
	if (family === 'visit' || family === 'demand') return family;
	return 'other';
}

function titleOf({ row }: WaitingItem): string {
	if (isVisit(row)) return row.place ?? row.interviewee ?? m.visitOutcome[row.outcome];
	if (isDemand(row)) return row.title;
	if (isDeskKey(row)) return m.phone.receivers.title;
	if (isHousehold(row)) return m.records.door.inside(plainDoor(row));
	return isResident(row) ? row.name : '';
}
