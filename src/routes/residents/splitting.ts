/** 分户: a second family behind one door gets a door of its own in the register. */
import { plainPart } from '#domain/door-parts.ts';
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface Splitting {
	room: string;
	head: string;
	people: string[];
}

export function splitErrors(row: HouseholdRow, form: Splitting): readonly FieldError[] {
	const words = m.homes;
	const room = plainPart(form.room);
	const errors: FieldError[] = [];
	if (room === '') errors.push({ field: 'room', message: words.form.roomMissing });
	else if (room === plainPart(row.room))
		errors.push({ field: 'room', message: words.split.roomSame });
	else if (room.length > 10)
		errors.push({ field: 'room', message: words.form.tooLong(words.split.room, 10) });
	if (form.head.trim().length > 40)
		errors.push({ field: 'head', message: words.form.tooLong(words.split.head, 40) });
	if (form.people.length > COMMIT_ENTRIES - 3)
		errors.push({ field: 'people', message: words.split.tooMany });
	return errors;
}

/** One commit: the new door, the note at the old one, and who goes along. */
export function splitSaid(
	row: HouseholdRow,
	record: RecordId,
	form: Splitting,
	people: readonly RecordId[]
): readonly Utterance[] {
	const { estate, building, unit, linkedMember, tier } = row;
	const head = form.head.trim();
	return [
		{
			kind: 'household.registered.v1',
			record,
			body: {
				estate,
				building,
				unit,
				room: plainPart(form.room),
				tier,
				splitFrom: row.record,
				...(head === '' ? {} : { head }),
				...(linkedMember === undefined ? {} : { linkedMember })
			}
		},
		{ kind: 'household.split.v1', record: row.record, body: { into: record } },
		...people.map((person) => ({
			kind: 'resident.moved.v1',
			record: person,
			body: { household: record }
		}))
	];
}
