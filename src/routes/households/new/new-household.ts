/** A door that nobody registered: what the form holds, what it needs, and what is said. */
import { plainDoor } from '#domain/door-parts.ts';
import { EntryId, type RecordId } from '#domain/ids.ts';
import { Group, type HouseholdRow } from '#domain/kinds/household.ts';
import { isPhone } from '#domain/shapes.ts';
import type { Utterance } from '#lib/app.ts';
import { doorErrors, type DoorForm } from '#lib/homes/door-form.ts';
import { m } from '#lib/i18n/index.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';
import { asDoorCode } from '#lib/rows/tokens.ts';
import type { FieldError } from '#lib/ui/field.ts';

export interface NewHousehold extends DoorForm {
	readonly record: RecordId;
	phone: string;
	groups: Group[];
	/** The refused entry that this one stands for. */
	replaces?: string;
}

/** Starts in the estate where most of the member's doors are, at the door that was looked for in vain. */
export function freshHousehold(
	record: RecordId,
	known: readonly Pick<HouseholdRow, 'estate'>[],
	looked = ''
): NewHousehold {
	const estate = mostCommon(known.map((row) => row.estate));
	return { record, estate, ...doorLookedFor(looked), head: '', phone: '', groups: [] };
}

/** 3栋2单元501, 3-2-501, 3-501, 501 and 3栋; what names no door gives an empty one. */
function doorLookedFor(looked: string): Pick<NewHousehold, 'building' | 'unit' | 'room'> {
	const code = asDoorCode(looked.normalize('NFKC').trim());
	const isDoor = /^[\da-z]{1,10}(-[\da-z]{0,10}){0,2}$/i.test(code) && /\d/.test(code);
	const parts = isDoor ? code.split('-') : [];
	const room = parts.pop() ?? '';
	const [building = '', unit = ''] = parts;
	return { building, unit, room };
}

export function mendedHousehold({ record, entry, body }: AttentionItem): NewHousehold {
	const text = (field: string): string => {
		const value = body[field];
		return typeof value === 'string' ? value : '';
	};
	const groups = Group.array().safeParse(body.groups);
	return {
		record,
		replaces: entry,
		estate: text('estate'),
		building: text('building'),
		unit: text('unit'),
		room: text('room'),
		head: text('head'),
		phone: text('phone'),
		groups: groups.success ? groups.data : []
	};
}

export function householdErrors(form: NewHousehold): readonly FieldError[] {
	const words = m.member.newHome;
	const errors = [...doorErrors(form, { ...words, labels: words })];
	if (form.phone.trim() !== '' && !isPhone(form.phone.trim()))
		errors.push({ field: 'phone', message: words.phoneWrong });
	return errors;
}

export function householdSaid(form: NewHousehold): Utterance {
	const head = form.head.trim();
	const phone = form.phone.trim();
	return {
		kind: 'household.registered.v1',
		record: form.record,
		...(form.replaces === undefined ? {} : { replaces: EntryId.parse(form.replaces) }),
		body: {
			...plainDoor(form),
			...(head === '' ? {} : { head }),
			...(phone === '' ? {} : { phone }),
			groups: [...form.groups]
		}
	};
}

function mostCommon(names: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	const [first] = [...counts].sort(([, a], [, b]) => b - a);
	return first?.[0] ?? '';
}
