/** 受理 with its 责任人, and 换责任人: who answers for a demand, at the community or at the office, whichever has it. */
import { z } from 'zod';
import { kind, type AnyKind, type Stamp } from '../family.ts';
import { PersonId, type Instant } from '../ids.ts';
import { HandedBy, isOffice } from '../people.ts';
import { Category, DemandType, Urgency } from '../settings.ts';
import { InstantShape } from '../shapes.ts';
import type { DemandRow } from './demand.ts';
import { clocksOf, registrationClocks } from './demand-clocks.ts';
import { mayAssign, mayHandle, moved } from './demand-moves.ts';
import { isInHandOf, mayAtOffice, ofDoor, type OfDoor } from './demand-office.ts';
import type { DemandPlanFields } from './demand-planning.ts';

const Accepted = z.strictObject({
	category: Category,
	type: DemandType,
	urgency: Urgency,
	assignee: PersonId,
	resolveDueAt: InstantShape.optional(),
	...ofDoor
});
export const Reassigned = z.strictObject({
	assignee: PersonId,
	...ofDoor,
	handedBy: HandedBy.optional()
});

/** The fields of a demand that these kinds write, besides those of its acceptance. */
export interface AssigningFields extends DemandPlanFields {
	readonly assignee?: PersonId | undefined;
	/** What a member who is responsible was told of the door; the demand's own fields stay as they are. */
	readonly assignedPlace?: string | undefined;
	readonly assignedRequester?: string | undefined;
	readonly assignedPhone?: string | undefined;
	/** 交接: who had it before, and when it went over. */
	readonly handedBy?: string | undefined;
	readonly handedAt?: Instant | undefined;
}

export const assigningKinds: Readonly<Record<string, AnyKind>> = {
	'demand.accepted.v1': kind<DemandRow, z.infer<typeof Accepted>>({
		body: Accepted,
		may: (actor, _said, row) => mayHandle(actor, row),
		given(said, row, _moment, settings) {
			if (row === null) return {};
			const asked = said.body.resolveDueAt;
			if (asked !== undefined) return { resolveDueAt: asked };
			const { type, urgency, category } = said.body;
			const clocks = registrationClocks(
				type,
				urgency,
				category,
				{
					receivedAt: row.receivedAt,
					at: row.createdAt,
					clockOff: row.clockOff ?? false
				},
				settings
			);
			return {
				...(clocks.resolveDueAt === undefined ? {} : { resolveDueAt: clocks.resolveDueAt }),
				...(clocks.covered === undefined ? {} : { covered: clocks.covered }),
				...(clocks.settings === undefined ? {} : { settings: clocks.settings })
			};
		},
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'registered') return { noted: 'illegal-transition' };
			return {
				...moved(row, 'accepted', stamp),
				category: said.body.category,
				type: said.body.type,
				urgency: said.body.urgency,
				...assigned(said.body),
				acceptedAt: stamp.at,
				...clocksOf(stamp.given),
				...(said.body.resolveDueAt === undefined ? {} : { resolveDueAt: said.body.resolveDueAt })
			};
		}
	}),
	'demand.reassigned.v1': kind<DemandRow, z.infer<typeof Reassigned>>({
		body: Reassigned,
		may: (actor, _said, row) =>
			isOffice(actor.role) ? mayAtOffice(actor, row) : mayAssign(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isInHandOf(stamp.actor, row)) return { noted: 'illegal-transition' };
			const { assignee } = said.body;
			const isAtOffice = isOffice(stamp.actor.role);
			// Whoever has it keeps it where a plan is given up.
			const isSo = isAtOffice
				? assignee === row.officeAssignee
				: assignee === row.assignee && row.nextAssignee === undefined;
			if (isSo) return { noted: 'nothing-changed' };
			const next = isAtOffice
				? { officeAssignee: assignee, ...handed(said.body, stamp) }
				: reassignedTo(said.body, stamp);
			return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, ...next };
		}
	})
};

/** At once; a plan made before is over. */
export function reassignedTo(said: z.infer<typeof Reassigned>, stamp: Stamp): AssigningFields {
	return {
		...assigned(said),
		...handed(said, stamp),
		nextAssignee: undefined,
		nextAssigneeFrom: undefined,
		nextPlace: undefined,
		nextRequester: undefined,
		nextPhone: undefined,
		nextHandedBy: undefined
	};
}

function handed({ handedBy }: z.infer<typeof Reassigned>, stamp: Stamp): AssigningFields {
	return { handedBy, handedAt: handedBy === undefined ? undefined : stamp.receivedAt };
}

/** What the one before was told of the door goes with them. */
function assigned({
	assignee,
	place,
	requester,
	phone
}: z.infer<typeof Reassigned>): AssigningFields {
	return {
		assignee,
		assignedPlace: place,
		assignedRequester: requester,
		assignedPhone: phone
	};
}

/** It was another door: whoever was told of the former one, now or for a day to come, is told of this one. */
export function toldAnew(
	row: AssigningFields,
	{ place, requester, phone }: OfDoor = {}
): AssigningFields {
	return {
		...(row.assignedPlace === undefined
			? {}
			: { assignedPlace: place, assignedRequester: requester, assignedPhone: phone }),
		...(row.nextPlace === undefined
			? {}
			: { nextPlace: place, nextRequester: requester, nextPhone: phone })
	};
}
