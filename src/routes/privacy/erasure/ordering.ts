/** The entries of one request to erase: first who stays gets another door, then the orders, one a record. */
import { doorCode } from '#domain/door-parts.ts';
import type { RecordId } from '#domain/ids.ts';
import type { ErasureGround } from '#domain/kinds/erasure.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isResident, type ResidentRow } from '#domain/kinds/resident.ts';
import { m } from '#lib/i18n/index.ts';
import type { Saying } from '#lib/office/in-commits.ts';
import type { Erasable, Reach, Subject } from './reach.ts';

export interface Ordering {
	readonly reach: Reach;
	/** Of what may name the person, what the secretary ticked. */
	readonly chosen: ReadonlySet<string>;
	/** Of a home: who is not erased. */
	readonly staying: ReadonlySet<string>;
}

/** Every record that goes, in the order in which it goes. */
export function goingOf({ reach, chosen, staying }: Ordering): readonly Erasable[] {
	const records: readonly Erasable[] = [
		...reach.maybe.filter(({ record }) => chosen.has(record)),
		...reach.sure.filter(({ record }) => !staying.has(record))
	];
	return records.flatMap((row): readonly Erasable[] =>
		isDemand(row) ? [...(reach.notes.get(row.record) ?? []), row] : [row]
	);
}

export function orderingSays(
	ordering: Ordering,
	ground: ErasureGround,
	request: RecordId,
	newRecord: () => RecordId
): readonly Saying[] {
	const orders = goingOf(ordering).map(({ record, org, family }) => ({
		kind: 'erasure.ordered.v1',
		record: newRecord(),
		body: { of: record, at: org, entries: 'all', ground, what: family, request }
	}));
	return [...movingOut(ordering, newRecord), ...orders];
}

/** The door is registered anew without anybody's words, and who stays moves there. */
function movingOut(
	{ reach: { subject, sure }, staying }: Ordering,
	newRecord: () => RecordId
): readonly Saying[] {
	const moving = sure.filter(isResident).filter(({ record }) => staying.has(record));
	if (subject.is !== 'home' || moving.length === 0) return [];
	const household = newRecord();
	return [
		{ kind: 'household.registered.v1', record: household, body: doorAnew(subject.row) },
		...moving
			.filter(({ state }) => state === 'here')
			.map(({ record }) => ({ kind: 'resident.moved.v1', record, body: { household } }))
	];
}

function doorAnew({ estate, building, unit, room, tenure, tier, linkedMember }: HouseholdRow) {
	return {
		...{ estate, building, unit, room, tier },
		...(tenure === undefined ? {} : { tenure }),
		...(linkedMember === undefined ? {} : { linkedMember })
	};
}

/** Who may stay: those that live there, to be asked about one by one. */
export function mayStay({ subject, sure }: Reach): readonly ResidentRow[] {
	return subject.is === 'home'
		? sure.filter(isResident).filter(({ state }) => state === 'here')
		: [];
}

/** 1 户、居民 3 人、走访 12 次 */
export function countsWords(families: readonly (string | undefined)[]): string {
	const words = new Map<string, (n: number) => string>(Object.entries(m.privacy.count));
	const known = families.map((family) =>
		family !== undefined && words.has(family) ? family : 'other'
	);
	return [...words]
		.map(([family, say]) => [known.filter((each) => each === family).length, say] as const)
		.flatMap(([n, say]) => (n === 0 ? [] : [say(n)]))
		.join(m.privacy.join);
}

/** Where the record is shown. */
export function placeOf({ is, row }: Subject): string {
	switch (is) {
		case 'home':
			return `/residents?record=${row.record}`;
		case 'person':
			return `/residents?record=${row.household}`;
		case 'demand':
			return `/inbox?record=${row.record}`;
		case 'visit':
			return `/visits/${row.record}`;
	}
}

/** What is typed once more, so that nothing is erased by a slip of the finger. */
export function phraseOf({ is, row }: Subject): string {
	if (is === 'home') return doorCode(row);
	if (is === 'person') return row.name;
	return row.no ?? m.privacy.erasure.word;
}

export function isTyped(typed: string, phrase: string): boolean {
	return plain(typed) === plain(phrase);
}

/** An input method writes other dashes, digits and blanks than the register. */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\s/g, '')
		.replace(/[\u2010-\u2015\u2212]/g, '-')
		.toLowerCase();
}
