/** 更正: which fields of a demand the form offers, and that only what was changed is said. */
import type { RecordId } from '#domain/ids.ts';
import { DemandCorrected, type DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { atOtherDoor } from '#lib/demands/other-door.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError } from '#lib/ui/field.ts';
import { required, upTo } from '#lib/demands/checks.ts';

export interface Correcting {
	household: RecordId | '';
	title: string;
	description: string;
	type: DemandRow['type'];
	urgency: DemandRow['urgency'];
	category: NonNullable<DemandRow['category']> | '';
	place: string;
	requester: string;
	phone: string;
	/** The number that stands is wrong, and none takes its place. */
	noPhone: boolean;
	reason: string;
}

/** The number stays masked where it stands: the form begins without it. */
export function correctingFrom(row: DemandRow): Correcting {
	return {
		household: row.household ?? '',
		title: row.title,
		description: row.description,
		type: row.type,
		urgency: row.urgency,
		category: row.category ?? '',
		place: row.place ?? '',
		requester: row.requester ?? '',
		phone: '',
		noPhone: false,
		reason: ''
	};
}

/** A draft of schema version 1, which held the number in the clear. */
export function correctingFromOlder(row: DemandRow, draft: unknown): Correcting {
	// Written by this form alone.
	const held = draft as Omit<Correcting, 'noPhone' | 'household'>;
	const isAsRegistered = held.phone === (row.phone ?? '');
	return {
		household: row.household ?? '',
		...held,
		phone: isAsRegistered ? '' : held.phone,
		noPhone: !isAsRegistered && held.phone === ''
	};
}

/** The body of `demand.corrected.v1`, or null when nothing differs from what the form began with. */
export function correctedBody(
	row: DemandRow,
	form: Correcting,
	base: Correcting = correctingFrom(row)
): Record<string, unknown> | null {
	const { phone: _phone, ...before } = base;
	const { reason, phone, noPhone, ...fields } = form;
	const stood: Readonly<Record<string, unknown>> = { ...before, phone: row.phone ?? '' };
	const said = { ...fields, ...(phone === '' && !noPhone ? {} : { phone }) };
	const changed = Object.entries(said).filter(
		([field, value]) => value !== stood[field] && !(field === 'category' && value === '')
	);
	if (changed.length === 0) return null;
	return { ...Object.fromEntries(changed), reason };
}

/** Where the door is another, its number and who asks go along, as far as the form says nothing of them. */
export function withDoor(
	row: DemandRow,
	body: Record<string, unknown>,
	doors: ReadonlyMap<RecordId, { readonly row: HouseholdRow }>
): Record<string, unknown> {
	const said = DemandCorrected.parse(body);
	const to = said.household === undefined ? undefined : doors.get(said.household)?.row;
	if (to === undefined) return body;
	const from = row.household === undefined ? undefined : doors.get(row.household)?.row;
	const asksHead = row.requester !== undefined && row.requester === from?.head;
	const requester = asksHead ? (to.head ?? '') : undefined;
	return { ...atOtherDoor({ ...row, ...said }, { from, to, requester }), ...body };
}

/** What must be mended first; an untouched text is never found fault with. */
export function correctingErrors(row: DemandRow, form: Correcting): readonly FieldError[] {
	const words = m.secretary.correct;
	const before = correctingFrom(row);
	const changed = <F extends keyof Correcting>(field: F): boolean => form[field] !== before[field];
	return [
		...(changed('title')
			? required('title', form.title, 200, words.titleMissing, words.titleTooLong)
			: []),
		...(changed('description')
			? upTo('description', form.description, 10_000, words.descriptionTooLong)
			: []),
		...upTo('place', form.place, 200, words.placeTooLong),
		...upTo('requester', form.requester, 60, words.requesterTooLong),
		...upTo('phone', form.phone, 40, words.phoneTooLong),
		...required('reason', form.reason, 200, words.reasonMissing, words.reasonTooLong)
	];
}
