/** The people a person may invite: from the rows this device holds, and from what the relay tells of invitations. */
import type { OrgId, PersonId } from '#domain/ids.ts';
import { mayInviteRole } from '#domain/invites.ts';
import type { DutyRow } from '#domain/kinds/duty.ts';
import type { OrganisationRow } from '#domain/kinds/organisation.ts';
import { isCurrent, orgTree, type OrgTree, type Role } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { ListedInvitation } from '#lib/device/door.ts';

export interface InCare {
	readonly person: PersonId;
	readonly name: string;
	readonly duties: readonly { readonly role: Role; readonly orgName: string }[];
	/** The newest of their invitations; null where none is known. */
	readonly invitation: ListedInvitation | null;
}

/** Everyone who joined, whoever waits for a word, or both. */
export type Shown = 'all' | 'waiting' | 'joined';

export interface CareSources {
	readonly duties: readonly DutyRow[];
	readonly organisations: readonly OrganisationRow[];
	/** Null while the relay was not reached. */
	readonly invitations: readonly ListedInvitation[] | null;
	readonly own: readonly Pick<DutyOnWire, 'role' | 'org'>[];
	readonly now: number;
}

export function peopleInCare(sources: CareSources): readonly InCare[] {
	const { duties, organisations, own, now } = sources;
	const tree = orgTree(organisations);
	const names = new Map(organisations.map(({ org, name }) => [org, name]));
	const newest = newestByPerson(sources.invitations ?? []);
	const found = new Map<PersonId, InCare>();
	for (const { person, name, role, orgName } of newest.values()) {
		const invitation = newest.get(person) ?? null;
		const held = role === null ? [] : [{ role, orgName }];
		found.set(person, { person, name, duties: held, invitation });
	}
	const dutiesOf = byPerson(duties.filter((duty) => isCurrent(duty, now)));
	for (const [person, held] of dutiesOf) {
		const [first] = held;
		if (first === undefined || !held.every((duty) => isInCare(duty, own, tree))) continue;
		found.set(person, {
			person,
			name: first.displayName,
			duties: held.map(({ role, org }) => ({ role, orgName: names.get(org) ?? '' })),
			invitation: newest.get(person) ?? null
		});
	}
	return [...found.values()].sort(inOrder);
}

/** By the words typed, in a name or an organisation, and by whether they have joined. */
export function chosen(people: readonly InCare[], words: string, shown: Shown): readonly InCare[] {
	const wanted = words.trim().toLowerCase();
	return people.filter(({ name, duties, invitation }) => {
		if (shown !== 'all' && (invitation?.state === 'used') !== (shown === 'joined')) return false;
		const texts = [name, ...duties.map(({ orgName }) => orgName)];
		return wanted === '' || texts.some((text) => text.toLowerCase().includes(wanted));
	});
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

function byPerson(duties: readonly DutyRow[]): ReadonlyMap<PersonId, readonly DutyRow[]> {
	const found = new Map<PersonId, DutyRow[]>();
	for (const duty of duties) {
		const held = found.get(duty.person) ?? [];
		held.push(duty);
		found.set(duty.person, held);
	}
	return found;
}

function isInCare(duty: DutyRow, own: CareSources['own'], tree: OrgTree): boolean {
	const above: readonly OrgId[] = [duty.org, ...tree.ancestors(duty.org)];
	return own.some(({ role, org }) => mayInviteRole(role, duty.role) && above.includes(org));
}

/** Officials of the district first, then down the levels, then by name. */
function inOrder(a: InCare, b: InCare): number {
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

function rank({ duties }: InCare): number {
	const ranks = duties.map(({ role }) => order.indexOf(role));
	return Math.min(order.length, ...ranks);
}
