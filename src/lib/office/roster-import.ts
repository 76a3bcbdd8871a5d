/**
 * Importing a roster: who is new, who is here already, whose card differs. People are known again by their
 * phone, else by their name, never by an id made from them, which could be guessed back into a phone number.
 */
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { RecordId } from '#domain/ids.ts';
import type { ListedPerson } from '#domain/import/parse-roster.ts';
import type { ImportProblem } from '#domain/import/problem.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import type { Role } from '#domain/people.ts';
import { chunks } from '#lib/chunks.ts';

export interface PlannedPerson {
	readonly listed: ListedPerson;
	readonly role: Role;
	readonly place: OrganisationRow;
}

export interface DifferingPerson {
	readonly listed: ListedPerson;
	readonly card: PersonRow;
	/** What a correction would say; a blank cell changes nothing. */
	readonly changes: Readonly<Record<string, unknown>>;
}

export interface RosterPlan {
	readonly fresh: readonly PlannedPerson[];
	readonly here: readonly ListedPerson[];
	readonly differing: readonly DifferingPerson[];
	readonly problems: readonly ImportProblem[];
}

/** What is known here of people, and what the one who imports may give. */
export interface RosterKnown {
	readonly cards: readonly PersonRow[];
	/** Those whose card stands elsewhere, by their duty. */
	readonly officials: readonly {
		readonly name: string;
		readonly role: Role;
		readonly org: string;
	}[];
	/** The role of a row that names none; null: each must name one. */
	readonly usualRole: Role | null;
	readonly roles: readonly Role[];
	readonly placesFor: (role: Role) => readonly OrganisationRow[];
	readonly roleName: (role: Role) => string;
}

export function planRoster(people: readonly ListedPerson[], known: RosterKnown): RosterPlan {
	const fresh: PlannedPerson[] = [];
	const cards = known.cards.filter(({ state }) => state !== 'voided');
	const here: ListedPerson[] = [];
	const differing: DifferingPerson[] = [];
	const problems: ImportProblem[] = [];
	for (const listed of people) {
		const found = cardFor(listed, cards);
		if (found !== null && 'code' in found) {
			problems.push(found);
			continue;
		}
		if (found !== null) {
			const changes = changesOf(found, listed);
			if (Object.keys(changes).length === 0) here.push(listed);
			else differing.push({ listed, card: found, changes });
			continue;
		}
		const planned = placed(listed, known);
		if ('code' in planned) problems.push(planned);
		else if (isOfficialHere(planned, known)) here.push(listed);
		else fresh.push(planned);
	}
	return { fresh, here, differing, problems };
}

export interface RosterSaying {
	readonly kind: string;
	readonly record: RecordId;
	readonly body: Readonly<Record<string, unknown>>;
}

/** A card and a duty for each, as many as fit one commit (E7). */
export function registeringSays(
	people: readonly PlannedPerson[],
	from: number,
	newRecord: () => RecordId
): readonly (readonly RosterSaying[])[] {
	const says = people.map(({ listed, role, place }) => {
		const person = newRecord();
		return [
			{ kind: 'person.registered.v1', record: person, body: cardOf(listed, place) },
			{
				kind: 'duty.assigned.v1',
				record: newRecord(),
				body: { person, displayName: listed.name, role, at: place.org, from }
			}
		];
	});
	return [...chunks(says, COMMIT_ENTRIES / 2)].map((commit) => commit.flat());
}

export function updatingSays(
	people: readonly DifferingPerson[],
	reason: string
): readonly (readonly RosterSaying[])[] {
	const says = people.map(({ card, changes }) => ({
		kind: 'person.corrected.v1',
		record: card.record,
		body: { ...changes, reason }
	}));
	return [...chunks(says, COMMIT_ENTRIES)];
}

/** The card of a row, or why it cannot be told whose it is; null: nobody's yet. */
function cardFor(
	{ row, name, phone }: ListedPerson,
	cards: readonly PersonRow[]
): PersonRow | ImportProblem | null {
	const byPhone = phone === '' ? [] : cards.filter((card) => digits(card.phone) === phone);
	const same = byPhone.find((card) => card.name === name);
	if (same !== undefined) return same;
	const [other] = byPhone;
	if (other !== undefined) return { row, code: 'phone-of-another', value: other.name };
	const namesakes = cards.filter((card) => card.name === name);
	const [only] = namesakes;
	if (only === undefined) return null;
	const isOne = namesakes.length === 1 && (phone === '' || digits(only.phone) === '');
	// A new number, or another person of that name: only who knows them can tell.
	return isOne ? only : { row, code: 'same-name', value: name };
}

function changesOf(card: PersonRow, listed: ListedPerson): Record<string, unknown> {
	const changes: Record<string, unknown> = {};
	if (listed.phone !== '' && listed.phone !== digits(card.phone)) changes.phone = listed.phone;
	for (const field of ['branch', 'occupation', 'availability'] as const)
		if (listed[field] !== '' && listed[field] !== (card[field] ?? ''))
			changes[field] = listed[field];
	for (const field of ['skills', 'categories'] as const)
		if (listed[field].length > 0 && !isSameSet(listed[field], card[field]))
			changes[field] = [...listed[field]];
	if (listed.isLeadingCadre && !card.isLeadingCadre) changes.isLeadingCadre = true;
	return changes;
}

function placed(listed: ListedPerson, known: RosterKnown): PlannedPerson | ImportProblem {
	const { row } = listed;
	const role = listed.role ?? known.usualRole;
	if (role === null) return { row, code: 'unknown-role', value: '' };
	if (!known.roles.includes(role))
		return { row, code: 'role-not-yours', value: known.roleName(role) };
	const place = placeOf(listed.place, known.placesFor(role));
	return place === null
		? { row, code: 'unknown-place', value: listed.place }
		: { listed, role, place };
}

function placeOf(text: string, places: readonly OrganisationRow[]): OrganisationRow | null {
	if (text === '') return places.length === 1 ? (places[0] ?? null) : null;
	const exact = places.filter(({ org, name }) => org === text || name === text);
	const near = exact.length > 0 ? exact : places.filter(({ name }) => name.includes(text));
	return near.length === 1 ? (near[0] ?? null) : null;
}

function isOfficialHere({ listed, role, place }: PlannedPerson, known: RosterKnown): boolean {
	return known.officials.some(
		(official) =>
			official.name === listed.name && official.role === role && official.org === place.org
	);
}

function cardOf(listed: ListedPerson, place: OrganisationRow): Record<string, unknown> {
	const { name, phone, branch, occupation, availability } = listed;
	const { skills, categories, isLeadingCadre } = listed;
	const filled = Object.entries({ phone, branch, occupation, availability }).filter(
		([, text]) => text !== ''
	);
	return {
		name,
		home: place.org,
		...Object.fromEntries(filled),
		...(skills.length === 0 ? {} : { skills: [...skills] }),
		...(categories.length === 0 ? {} : { categories: [...categories] }),
		...(isLeadingCadre ? { isLeadingCadre } : {})
	};
}

function digits(phone: string | undefined): string {
	return (phone ?? '').replace(/\D/g, '');
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
	return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
