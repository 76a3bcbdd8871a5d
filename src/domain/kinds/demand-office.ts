/** 上报办事处: a demand goes up to the community's sub-district office, and is answered there or handed back. */
import { z } from 'zod';
import { kind, type AnyKind } from '../family.ts';
import { OrgId, orgRecord, PersonId, type Instant } from '../ids.ts';
import { isOffice, type Actor } from '../people.ts';
import { WithReason } from '../shapes.ts';
import type { DemandRow } from './demand.ts';
import { mayDecide, moved, stepped, type May } from './demand-moves.ts';
import { isOrganisation } from './organisation.ts';

/**
 * Where it is, who asks and under which number, as far as only the register of doors says: told to whoever is to
 * answer and reads no such register.
 */
export const ofDoor = {
	place: z.string().min(1).max(200).optional(),
	requester: z.string().min(1).max(60).optional(),
	phone: z.string().min(1).max(40).optional()
};
export const OfDoor = z.strictObject(ofDoor);
export type OfDoor = z.infer<typeof OfDoor>;
const Escalated = z.strictObject({
	/** The sub-district of the community. */
	office: OrgId,
	reason: z.string().min(1).max(200),
	...ofDoor
});
const Taken = z.strictObject({ assignee: PersonId });

/** The fields of a demand that these kinds write. */
export interface OfficeFields {
	/** The sub-district whose office has it, or answered it; nobody's while the community has it. */
	readonly office?: OrgId | undefined;
	readonly escalatedAt?: Instant | undefined;
	readonly escalatedWhy?: string | undefined;
	/** What the office was told of the door while it has it; the demand's own fields stay as they are. */
	readonly escalatedPlace?: string | undefined;
	readonly escalatedRequester?: string | undefined;
	readonly escalatedPhone?: string | undefined;
	/** 签收 by the office. */
	readonly takenAt?: Instant | undefined;
	/** Who at the office is responsible; the community's own `assignee` has it again when it comes back. */
	readonly officeAssignee?: PersonId | undefined;
	readonly handedBackWhy?: string | undefined;
}

export const officeKinds: Readonly<Record<string, AnyKind>> = {
	'demand.escalated.v1': kind<DemandRow, z.infer<typeof Escalated>>({
		body: Escalated,
		may(actor, said, row, refs) {
			const may = mayDecide(actor, row);
			if (may !== true || row === null) return may;
			const community = refs.get(orgRecord(row.org));
			const above = refs.get(orgRecord(said.body.office));
			if (!isOrganisation(community) || !isOrganisation(above)) return 'no-such-reference';
			const isAbove = above.level === 'subdistrict' && community.parent === above.org;
			return isAbove ? true : 'contradiction';
		},
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'accepted') return { noted: 'illegal-transition' };
			const { office, reason, place, requester, phone } = said.body;
			return {
				...moved(row, 'escalatedSub', stamp),
				office,
				escalatedAt: stamp.at,
				escalatedWhy: reason,
				escalatedPlace: place,
				escalatedRequester: requester,
				escalatedPhone: phone,
				handedBackWhy: undefined
			};
		}
	}),
	'demand.taken.v1': kind<DemandRow, z.infer<typeof Taken>>({
		body: Taken,
		may: (actor, _said, row) => mayAtOffice(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'escalatedSub' || row.takenAt !== undefined)
				return { noted: 'illegal-transition' };
			const { assignee } = said.body;
			return {
				...stepped(row, 'taken', stamp),
				takenAt: stamp.at,
				officeAssignee: assignee
			};
		}
	}),
	'demand.handed-back.v1': kind<DemandRow, WithReason>({
		body: WithReason,
		may: (actor, _said, row) => mayAtOffice(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'escalatedSub') return { noted: 'illegal-transition' };
			return {
				...stepped(row, 'handedBack', stamp),
				state: 'accepted',
				office: undefined,
				escalatedAt: undefined,
				escalatedPlace: undefined,
				escalatedRequester: undefined,
				escalatedPhone: undefined,
				takenAt: undefined,
				officeAssignee: undefined,
				handedBackWhy: said.body.reason
			};
		}
	})
};

/** The office speaks of what it has, or had to the end; of what it handed back it holds nothing to speak of. */
export function mayAtOffice(actor: Actor, row: DemandRow | null): May {
	if (row === null) return 'no-such-record';
	if (row.office !== actor.org) return 'other-organisation';
	return isOffice(actor.role) ? true : 'not-allowed';
}

/** Is it with those who speak, to be answered: accepted at the community, taken at the office? */
export function isInHandOf({ role }: Actor, row: DemandRow): boolean {
	return isOffice(role) ? isTaken(row) : row.state === 'accepted';
}

/** 签收 by the office, which has not answered yet. */
export function isTaken({ state, takenAt }: Pick<DemandRow, 'state' | 'takenAt'>): boolean {
	return state === 'escalatedSub' && takenAt !== undefined;
}
