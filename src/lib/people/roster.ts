/** 花名册: the people of one's organisation and of those in care, from rows this device holds and what the relay tells. */
import type { OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { mayInviteRole } from '#domain/invites.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import type { PersonRow } from '#domain/kinds/person.ts';
import { isCurrent, orgTree, type OrgTree, type Role } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { ListedInvitation } from '#lib/device/door.ts';
import { groupBy } from '#lib/group-by.ts';

export interface HeldDuty {
	/** Absent where only the relay told of it. */
	readonly record?: RecordId | undefined;
	readonly role: Role;
	readonly org?: OrgId | undefined;
	readonly orgName: string;
}

export interface RosterEntry {
	readonly person: PersonId;
	readonly name: string;
	/** Held now. */
	readonly duties: readonly HeldDuty[];
	/** Null where the card stands with another level. */
	readonly card: PersonRow | null;
	readonly state: PersonRow['state'];
	/** Every duty they hold is in the care of the person here: they may be invited. */
	readonly isInCare: boolean;
	/** The newest of their invitations; null where none is known. */
	readonly invitation: ListedInvitation | null;
}

export interface RosterSources {
	readonly cards: readonly PersonRow[];
	readonly duties: readonly DutyRow[];
	readonly organisations: readonly OrganisationRow[];
	/** Null while the relay was not reached. */
	readonly invitations: readonly ListedInvitation[] | null;
	readonly own: readonly Pick<DutyOnWire, 'role' | 'org'>[];
	readonly now: number;
}

/** Everyone whose card or duty is here, officials of the district first, then down the levels, then by name. */
export function rosterOf(sources: RosterSources): readonly RosterEntry[] {
	const { organisations, own, now } = sources;
	const tree = orgTree(organisations);
	const names = new Map(organisations.map(({ org, name }) => [org, name]));
	const newest = newestByPerson(sources.invitations ?? []);
	const cards = new Map(sources.cards.map((card) => [card.person, card]));
	const current = sources.duties.filter((duty) => isCurrent(duty, now));
	const duties = groupBy(current, ({ person }) => person);
	const entries: RosterEntry[] = [];
	for (const person of new Set([...cards.keys(), ...duties.keys()])) {
		const card = cards.get(person) ?? null;
		const held = duties.get(person) ?? [];
		if (card?.state === 'voided' && held.length === 0) continue;
		const isInCare = held.length > 0 && held.every((duty) => isBelow(duty, own, tree));
		const isHere = card !== null || held.some(({ org }) => own.some((each) => each.org === org));
		if (!isInCare && !isHere) continue;
		entries.push({
			person,
			name: card?.name ?? held[0]?.displayName ?? '',
			duties: held.map(({ record, role, org }) => ({
				record,
				role,
				org,
				orgName: names.get(org) ?? ''
			})),
			card,
			state: card?.state ?? 'active',
			isInCare,
			invitation: newest.get(person) ?? null
		});
	}
	return entries.sort(inOrder);
}

/** Those who may be invited: of the roster, and those of whom only the relay tells this device. */
export function invitable(sources: RosterSources): readonly RosterEntry[] {
	const here = rosterOf(sources);
	const known = new Set(here.map(({ person }) => person));
	const told = [...newestByPerson(sources.invitations ?? []).values()]
		.filter(({ person }) => !known.has(person))
		.map((invitation): RosterEntry => ({
			person: invitation.person,
			name: invitation.name,
			duties: invitation.role === null ? [] : [{ ...invitation, role: invitation.role }],
			card: null,
			state: 'active',
			isInCare: true,
			invitation
		}));
	return [...here.filter((entry) => entry.isInCare && entry.state === 'active'), ...told].sort(
		inOrder
	);
}

export function hasJoined({ invitation }: RosterEntry): boolean {
	return invitation?.state === 'used';
}

/** By the words typed: in the name, an organisation, or anything the card says. */
export function found(people: readonly RosterEntry[], words: string): readonly RosterEntry[] {
	const wanted = words.normalize('NFKC').trim().toLowerCase();
	if (wanted === '') return people;
	return people.filter(({ name, duties, card }) => {
		const texts = [
			name,
			...duties.map(({ orgName }) => orgName),
			card?.phone?.replace(/\D/g, ''),
			card?.branch,
			card?.occupation,
			...(card?.skills ?? [])
		];
		return texts.some((text) => text?.toLowerCase().includes(wanted));
	});
}

/** Entries that share a registered phone: most likely one person, registered twice. */
export function samePhone(people: readonly RosterEntry[]): readonly RosterEntry[] {
	const byPhone = new Map<string, number>();
	const phoneOf = ({ card, state }: RosterEntry) =>
		state === 'left' || state === 'voided' ? '' : (card?.phone ?? '').replace(/\D/g, '');
	for (const entry of people) byPhone.set(phoneOf(entry), (byPhone.get(phoneOf(entry)) ?? 0) + 1);
	return people.filter((entry) => phoneOf(entry) !== '' && (byPhone.get(phoneOf(entry)) ?? 0) > 1);
}

function newestByPerson(
	invitations: readonly ListedInvitation[]
): ReadonlyMap<PersonId, ListedInvitation> {
	const byAge = [...invitations].sort((a, b) => a.createdAt - b.createdAt);
	const newest = new Map<PersonId, ListedInvitation>();
	for (const invitation of byAge) {
		// Who joined has joined, also when another invitation for a second device lies open.
		if (newest.get(invitation.person)?.state !== 'used' || invitation.state === 'used')
			newest.set(invitation.person, invitation);
	}
	return newest;
}

/** Whether a duty is one that the person here gives and takes. */
export function isBelow(
	duty: Pick<DutyRow, 'role' | 'org'>,
	own: RosterSources['own'],
	tree: OrgTree
): boolean {
	const above: readonly OrgId[] = [duty.org, ...tree.ancestors(duty.org)];
	return own.some(({ role, org }) => mayInviteRole(role, duty.role) && above.includes(org));
}

function inOrder(a: RosterEntry, b: RosterEntry): number {
	return rank(a) - rank(b) || a.name.localeCompare(b.name, 'zh') || (a.person < b.person ? -1 : 1);
}

const order: readonly Role[] = [
	'admin',
	'districtOfficer',
	'subdistrictOfficer',
	'communitySecretary',
	'communityWorker',
	'member',
	'volunteer'
];

function rank({ duties }: RosterEntry): number {
	const ranks = duties.map(({ role }) => order.indexOf(role));
	return Math.min(order.length, ...ranks);
}
