/** What only the register of doors says of a demand, for whoever is to answer it and holds no such register. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { OfDoor } from '#domain/kinds/demand-office.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isField, type Role } from '#domain/people.ts';
import type { Fact } from '#lib/demands/facts.ts';
import { m, written } from '#lib/i18n/index.ts';
import { maskedPhone } from '#lib/privacy/masked-phone.ts';
import { doorWords } from '#lib/ui/demand-words.ts';

const PLACE_MAX = 200;

/** The door, and where at it. */
export function wholePlace(
	{ place: within = '' }: Pick<DemandRow, 'place'>,
	door: HouseholdRow | undefined
): string {
	const parts = [door === undefined ? '' : doorWords(door, written), within.trim()];
	return parts.filter((part) => part !== '').join(written.secretary.comma);
}

/** The demand's own place often says only where at its door it is, and may be empty. */
export function asksPlace({ household, place }: Pick<DemandRow, 'household' | 'place'>): boolean {
	return household !== undefined || place === undefined || place.trim() === '';
}

/** Who asks and under which number, where the desk knows it from the door alone. */
export function fromDoor(
	row: Pick<DemandRow, 'requester' | 'phone'>,
	door: Pick<HouseholdRow, 'head' | 'phone'> | undefined
): Omit<OfDoor, 'place'> {
	const requester = row.requester === undefined ? door?.head : undefined;
	const phone = row.phone ? undefined : door?.phone;
	return { ...(requester ? { requester } : {}), ...(phone ? { phone } : {}) };
}

/** What a member who becomes responsible is told; the desk's own people read the register. */
export function toldTo(
	role: Role | undefined,
	row: DemandRow,
	door: HouseholdRow | undefined
): OfDoor {
	return door === undefined || role === undefined || !isField(role) ? {} : toldOf(row, door);
}

export function toldOf(row: DemandRow, door: HouseholdRow): OfDoor {
	const whole = wholePlace(row, door);
	const place = whole.length > PLACE_MAX ? doorWords(door, written) : whole;
	return { place, ...fromDoor(row, door) };
}

/** Who asks and under which number, in words: the number masked. */
export function whoAsks(
	row: Pick<DemandRow, 'requester' | 'phone'>,
	door: Pick<HouseholdRow, 'head' | 'phone'> | undefined
): readonly Fact[] {
	return toldFacts({ requester: row.requester, phone: row.phone, ...fromDoor(row, door) });
}

/** What somebody is told, in words. */
export function toldFacts({ place = '', requester = '', phone }: OfDoor): readonly Fact[] {
	const { fieldWords } = m.records;
	const facts = [
		{ term: fieldWords.place, words: place },
		{ term: fieldWords.requester, words: requester },
		{ term: fieldWords.phone, words: phone ? maskedPhone(phone) : '' }
	];
	return facts.filter(({ words }) => words !== '');
}
