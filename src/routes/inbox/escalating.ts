/** What the form of 上报 is filled with before anybody touches it, and what it says. */
import type { OrgId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { required, upTo } from '#lib/demands/checks.ts';
import { m, written } from '#lib/i18n/index.ts';
import type { FieldError, Option } from '#lib/ui/field.ts';
import { asksPlace, fromDoor, wholePlace } from '#lib/demands/of-door.ts';

const whys = ['beyond', 'several', 'departments'] as const;
type Why = (typeof whys)[number];

export interface Escalating {
	why: Why;
	more: string;
	place: string;
}

export const whyOptions: readonly Option<Why>[] = whys.map((value) => ({
	value,
	words: m.secretary.escalate.whys[value]
}));

export function escalatingFrom(
	row: Pick<DemandRow, 'place'>,
	door: HouseholdRow | undefined
): Escalating {
	return { why: 'beyond', more: '', place: wholePlace(row, door) };
}

export function escalatingErrors(
	row: Pick<DemandRow, 'household' | 'place'>,
	{ more, place }: Escalating
): FieldError[] {
	const words = m.secretary.escalate;
	const { placeNeeded, placeTooLong } = words;
	return [
		...upTo('more', more, 150, words.moreTooLong),
		...(asksPlace(row) ? required('place', place, 200, placeNeeded, placeTooLong) : [])
	];
}

/** The body of `demand.escalated.v1`: the reason in words, and what only the register of doors knows. */
export function escalatedBody(
	row: Pick<DemandRow, 'household' | 'place' | 'requester' | 'phone'>,
	door: Pick<HouseholdRow, 'head' | 'phone'> | undefined,
	{ why, more, place }: Escalating,
	office: OrgId
): Record<string, unknown> {
	const { escalate, comma } = written.secretary;
	const reason = [escalate.whys[why], more.trim()].filter((part) => part !== '').join(comma);
	return {
		office,
		reason,
		...(asksPlace(row) ? { place: place.trim() } : {}),
		...fromDoor(row, door)
	};
}
