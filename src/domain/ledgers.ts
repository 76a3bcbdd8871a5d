/** Ledger names, the period a record lives in (L3), and which ledgers a person's duties open (A2). */
import { OrgId, PersonId } from './ids.ts';
import type { Duty, OrgTree } from './people.ts';

/** `2026Q4` or `standing`. */
export type Period = string;
export const STANDING: Period = 'standing';
export const DIRECTORY = 'directory';

/** A ledger's name is its address on the wire; it holds codes only, never a person's name. */
export type LedgerName = string;

export function memberLedger(person: PersonId, community: OrgId, period: Period): LedgerName {
	return `member/${person}/${community}/${period}`;
}
export function deskLedger(community: OrgId, period: Period): LedgerName {
	return `desk/${community}/${period}`;
}
export function boardLedger(org: OrgId, period: Period): LedgerName {
	return `board/${org}/${period}`;
}
export function factsLedger(community: OrgId, period: Period): LedgerName {
	return `facts/${community}/${period}`;
}
export function officeLedger(subdistrict: OrgId, period: Period): LedgerName {
	return `office/${subdistrict}/${period}`;
}
/** 封存: what is kept and no longer worked with. */
export function keptLedger(community: OrgId, period: Period): LedgerName {
	return `kept/${community}/${period}`;
}
export function districtLedger(period: Period): LedgerName {
	return `district/${period}`;
}

export type LedgerFamily =
	'directory' | 'member' | 'desk' | 'kept' | 'board' | 'facts' | 'office' | 'district';

/** Parts of a name; null for a name no ledger can have. */
export function parseLedger(
	name: LedgerName
): { family: LedgerFamily; person?: PersonId; org?: OrgId; period: Period } | null {
	if (name === DIRECTORY) return { family: 'directory', period: STANDING };
	const match =
		/^(?:member\/([^/]{1,64})\/([0-9A-Za-z-]{1,40})|(desk|kept|board|facts|office)\/([0-9A-Za-z-]{1,40})|district)\/(\d{4}Q[1-4]|standing)$/.exec(
			name
		);
	if (!match) return null;
	const [, named, community, family, org, period = STANDING] = match;
	if (named !== undefined && community !== undefined) {
		const person = PersonId.safeParse(named);
		if (!person.success) return null;
		return { family: 'member', person: person.data, org: OrgId.parse(community), period };
	}
	if (org === undefined) return { family: 'district', period };
	switch (family) {
		case 'desk':
		case 'kept':
		case 'board':
		case 'facts':
		case 'office':
			return { family, org: OrgId.parse(org), period };
		default:
			return null;
	}
}

/**
 * [A2] The prefixes of the ledgers that a person with these duties reads (a prefix ends in `/`, or is
 * `directory`). The ledger is the permission: what is not named here is never sent; without a duty nothing is.
 */
export function readablePrefixes(
	person: PersonId,
	duties: readonly Duty[],
	tree: OrgTree
): readonly string[] {
	const prefixes = new Set<string>(duties.length === 0 ? [] : [DIRECTORY]);
	for (const duty of duties) {
		for (const org of [duty.org, ...tree.ancestors(duty.org)]) prefixes.add(`board/${org}/`);
		switch (duty.role) {
			case 'member':
			case 'volunteer':
				prefixes.add(`member/${person}/${duty.org}/`);
				break;
			case 'communitySecretary':
			case 'communityWorker':
				prefixes.add(`member/${person}/${duty.org}/`);
				prefixes.add(`desk/${duty.org}/`);
				prefixes.add(`facts/${duty.org}/`);
				if (duty.role === 'communitySecretary') prefixes.add(`kept/${duty.org}/`);
				break;
			case 'subdistrictOfficer':
				prefixes.add(`office/${duty.org}/`);
				for (const community of tree.communitiesOf(duty.org)) prefixes.add(`facts/${community}/`);
				break;
			case 'districtOfficer':
				prefixes.add('district/');
				for (const community of tree.communitiesOf(duty.org)) prefixes.add(`facts/${community}/`);
				break;
			case 'admin':
			case 'setUp':
			case 'clock':
				break;
		}
	}
	return [...prefixes];
}

export function isReadable(prefixes: readonly string[], ledger: LedgerName): boolean {
	return prefixes.some(
		(prefix) => prefix === ledger || (prefix.endsWith('/') && ledger.startsWith(prefix))
	);
}
