/** 并户: what one commit says when two doors turn out to be one household. */
import { plainPart } from '#domain/door-parts.ts';
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import type { Utterance } from '#lib/app.ts';

/** What the household that stays has not written down, and the merged door has. */
const FILLED = ['head', 'headBorn', 'phone', 'size', 'tenure'] as const;
export type Filled = (typeof FILLED)[number];

export function isFilled(field: string): field is Filled {
	return FILLED.some((each) => each === field);
}

export function fillsIn(from: HouseholdRow, into: HouseholdRow): readonly Filled[] {
	// When somebody was born is filled in where it is the same head's.
	const isSameHead = into.head === undefined || into.head === from.head;
	return FILLED.filter(
		(field) =>
			into[field] === undefined && from[field] !== undefined && (field !== 'headBorn' || isSameHead)
	);
}

/**
 * The door merges; its people move along; what is empty there is filled; a member who looked after the
 * merged door goes on where nobody does. Null when more people live there than one commit can move.
 */
export function mergingSaid(
	from: HouseholdRow,
	into: HouseholdRow,
	people: readonly ResidentRow[],
	{ now, reason }: { readonly now: number; readonly reason: string }
): readonly Utterance[] | null {
	const filled = fillsIn(from, into);
	const said: Utterance[] = [];
	// Its visits are read where the household's are.
	if (into.linkedMember !== undefined && into.linkedMember !== from.linkedMember)
		said.push(linkedTo(into.linkedMember, from.record, now));
	said.push({ kind: 'household.merged.v1', record: from.record, body: { into: into.record } });
	if (filled.length > 0)
		said.push({
			kind: 'household.corrected.v1',
			record: into.record,
			body: { ...Object.fromEntries(filled.map((field) => [field, from[field]])), reason }
		});
	if (into.linkedMember === undefined && from.linkedMember !== undefined)
		said.push(linkedTo(from.linkedMember, into.record, now));
	for (const { record } of people)
		said.push({ kind: 'resident.moved.v1', record, body: { household: into.record } });
	return said.length > COMMIT_ENTRIES ? null : said;
}

/** Null leaves the door with nobody. */
export function linkedTo(member: PersonId | null, record: RecordId, from: number): Utterance {
	return { kind: 'household.linked.v1', record, body: { member, from } };
}

/** Doors that may be the same: the same room of the same building first, then the same unit. */
export function nearDoors(
	row: HouseholdRow,
	doors: readonly HouseholdRow[]
): readonly HouseholdRow[] {
	return doors
		.map((door) => ({ door, near: nearness(row, door) }))
		.filter(({ near }) => near >= 2)
		.sort((a, b) => b.near - a.near)
		.slice(0, 4)
		.map(({ door }) => door);
}

function nearness(a: HouseholdRow, b: HouseholdRow): number {
	if (a.record === b.record) return 0;
	const isHead = a.head !== undefined && a.head === b.head;
	const isPhone = a.phone !== undefined && a.phone === b.phone;
	const isRoom =
		plainPart(a.building) === plainPart(b.building) && plainPart(a.room) === plainPart(b.room);
	const isEstate = a.estate === b.estate;
	return (
		(isHead ? 2 : 0) +
		(isPhone ? 2 : 0) +
		(isRoom ? 2 : 0) +
		(isRoom && plainPart(a.unit) === plainPart(b.unit) ? 1 : 0) +
		(isEstate ? 0.5 : 0)
	);
}
