/** What the form of 上报 is filled with before anybody touches it, and what it says. */
import type { OrgId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { required, upTo } from '#lib/demands/checks.ts';
import type { Fact } from '#lib/demands/facts.ts';
import { m, written } from '#lib/i18n/index.ts';
import { maskedPhone } from '#lib/privacy/masked-phone.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import type { FieldError, Option } from '#lib/ui/field.ts';

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
	{ place: within = '' }: Pick<DemandRow, 'place'>,
	door: HouseholdRow | undefined
): Escalating {
	const parts = [door === undefined ? '' : doorWords(door, written), within.trim()];
	const place = parts.filter((part) => part !== '').join(written.secretary.comma);
	return { why: 'beyond', more: '', place };
}

/** The demand's own place often says only where at its door it is, and may be empty. */
export function asksPlace({ household, place }: Pick<DemandRow, 'household' | 'place'>): boolean {
	return household !== undefined || place === undefined || place.trim() === '';
}

/** Who asks and under which number, where the desk knows it from the door alone. */
export function fromDoor(
	row: Pick<DemandRow, 'requester' | 'phone'>,
	door: Pick<HouseholdRow, 'head' | 'phone'> | undefined
): { readonly requester?: string; readonly phone?: string } {
	const requester = row.requester === undefined ? door?.head : undefined;
	const phone = row.phone ? undefined : door?.phone;
	return { ...(requester ? { requester } : {}), ...(phone ? { phone } : {}) };
}

/** What of a resident goes up, in words: the number masked. */
export function goesUp(row: DemandRow, door: HouseholdRow | undefined): readonly Fact[] {
	const { fieldWords } = m.records;
	const said = { requester: row.requester, phone: row.phone, ...fromDoor(row, door) };
	const facts = [
		{ term: fieldWords.requester, words: said.requester ?? '' },
		{ term: fieldWords.phone, words: said.phone ? maskedPhone(said.phone) : '' }
	];
	return facts.filter(({ words }) => words !== '');
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
