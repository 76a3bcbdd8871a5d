/** Roles, duties and the tree of organisations they stand in. */
import { z } from 'zod';
import type { Instant, OrgId, PersonId } from './ids.ts';

export const Role = z.enum([
	'member',
	'volunteer',
	'communityWorker',
	'communitySecretary',
	'subdistrictOfficer',
	'districtOfficer',
	'admin',
	'setUp',
	'clock'
]);
export type Role = z.infer<typeof Role>;

export const OrgLevel = z.enum(['district', 'subdistrict', 'community', 'departmentUnit']);
export type OrgLevel = z.infer<typeof OrgLevel>;

/** 交接: whose it was, in words, for whoever goes on and holds no card of theirs. */
export const HandedBy = z.string().min(1).max(40);

/** The level at which a role's duty can stand. */
export const roleLevel = {
	member: 'community',
	volunteer: 'community',
	communityWorker: 'community',
	communitySecretary: 'community',
	subdistrictOfficer: 'subdistrict',
	districtOfficer: 'district',
	admin: 'district',
	setUp: 'district',
	clock: 'district'
} as const satisfies Record<Role, OrgLevel>;

/** Officials' duties stand in the directory by name; a member's stay with the desk (A2). */
export function isOfficial(role: Role): boolean {
	return role !== 'member' && role !== 'volunteer';
}

export function isDesk(role: Role): boolean {
	return role === 'communitySecretary' || role === 'communityWorker';
}

export function isField(role: Role): boolean {
	return role === 'member' || role === 'volunteer';
}

/** Who works at a sub-district office. */
export function isOffice(role: Role): boolean {
	return role === 'subdistrictOfficer';
}

/** One person's role in one organisation, from an instant until another (open when `to` is absent). */
export interface Duty {
	readonly person: PersonId;
	readonly role: Role;
	readonly org: OrgId;
	readonly from: Instant;
	readonly to?: Instant;
}

/** [J4] Who spoke, frozen in the head. `via` names the relay's device when it spoke for a person. */
export interface Actor {
	readonly person: PersonId;
	readonly role: Role;
	readonly org: OrgId;
	readonly via?: 'setUp' | undefined;
	/** [J6] 代录: whose words or deeds a desk wrote down, and the duty they had then. */
	readonly behalfOf?: { readonly person: PersonId; readonly role: Role } | undefined;
	/** [J6] 迟到: the duty had ended when this arrived, but covered the moment it was said. */
	readonly late?: true | undefined;
}

/** Whose words they are: theirs for whom they were written down, else the signer's. */
export function saidBy(actor: Actor): Pick<Actor, 'person' | 'role'> {
	return actor.behalfOf ?? actor;
}

/** [J6] Separation of duties counts who signed and for whom alike. */
export function hasPart(actor: Actor, person: PersonId): boolean {
	return actor.person === person || actor.behalfOf?.person === person;
}

export function isCurrent(duty: Duty, moment: Instant): boolean {
	return duty.from <= moment && (duty.to === undefined || moment < duty.to);
}

/** The organisations above and below one; pure over whatever rows the caller holds. */
export interface OrgTree {
	ancestors(org: OrgId): readonly OrgId[];
	communitiesOf(org: OrgId): readonly OrgId[];
}

export interface OrgNode {
	readonly org: OrgId;
	readonly parent?: OrgId | undefined;
	readonly level: OrgLevel;
}

export function orgTree(nodes: readonly OrgNode[]): OrgTree {
	const byId = new Map(nodes.map((node) => [node.org, node]));
	const childrenOf = new Map<OrgId, OrgNode[]>();
	for (const node of nodes) {
		if (node.parent === undefined) continue;
		const siblings = childrenOf.get(node.parent) ?? [];
		siblings.push(node);
		childrenOf.set(node.parent, siblings);
	}
	function ancestors(org: OrgId): readonly OrgId[] {
		const path: OrgId[] = [];
		let parent = byId.get(org)?.parent;
		while (parent !== undefined && !path.includes(parent)) {
			path.push(parent);
			parent = byId.get(parent)?.parent;
		}
		return path;
	}
	function communitiesOf(org: OrgId): readonly OrgId[] {
		const node = byId.get(org);
		if (node?.level === 'community') return [org];
		return (childrenOf.get(org) ?? []).flatMap((child) => communitiesOf(child.org));
	}
	return { ancestors, communitiesOf };
}
