/** 换责任人 from a day to come: the plan lies on the demand until the relay's clock carries it out (F4). */
import { z } from 'zod';
import { dayOf, type Day } from '../calendar.ts';
import { kind, type AnyKind, type Passed } from '../family.ts';
import type { PersonId, Instant } from '../ids.ts';
import { mayClock } from '../may-clock.ts';
import { DayShape, Nothing } from '../shapes.ts';
import type { DemandRow } from './demand.ts';
import { Reassigned, reassignedTo } from './demand-assigning.ts';
import { mayAssign } from './demand-moves.ts';

const Planned = z.strictObject({ ...Reassigned.shape, from: DayShape });

/** The fields of a demand that these kinds write. */
export interface DemandPlanFields {
	readonly nextAssignee?: PersonId | undefined;
	readonly nextAssigneeFrom?: Day | undefined;
	/** What the next one is to be told of the door, and whose it was. */
	readonly nextPlace?: string | undefined;
	readonly nextRequester?: string | undefined;
	readonly nextPhone?: string | undefined;
	readonly nextHandedBy?: string | undefined;
}

export const demandPlanningKinds: Readonly<Record<string, AnyKind>> = {
	'demand.reassign-planned.v1': kind<DemandRow, z.infer<typeof Planned>>({
		body: Planned,
		may: (actor, _said, row) => mayAssign(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'accepted') return { noted: 'illegal-transition' };
			const { from, assignee, place, requester, phone, handedBy } = said.body;
			if (row.nextAssignee === assignee && row.nextAssigneeFrom === from)
				return { noted: 'nothing-changed' };
			const next = { ...row, n: stamp.n, updatedAt: stamp.receivedAt };
			// Said offline, it may arrive when its day has come.
			if (from <= dayOf(stamp.receivedAt)) return { ...next, ...reassignedTo(said.body, stamp) };
			return {
				...next,
				nextAssignee: assignee,
				nextAssigneeFrom: from,
				nextPlace: place,
				nextRequester: requester,
				nextPhone: phone,
				nextHandedBy: handedBy
			};
		}
	}),
	'demand.reassign-begun.v1': kind<DemandRow, Nothing>({
		body: Nothing,
		may: (actor, _said, row) => mayClock(actor, row),
		apply(row, _said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			// [F4] whoever comes second finds no plan
			const { nextAssignee: assignee, nextAssigneeFrom: from } = row;
			if (assignee === undefined || from === undefined || row.state !== 'accepted')
				return { noted: 'illegal-transition' };
			if (from > dayOf(stamp.receivedAt)) return { noted: 'contradiction' };
			const said = {
				assignee,
				place: row.nextPlace,
				requester: row.nextRequester,
				phone: row.nextPhone,
				handedBy: row.nextHandedBy
			};
			return {
				...row,
				n: stamp.n,
				updatedAt: stamp.receivedAt,
				...reassignedTo(said, stamp)
			};
		}
	})
};

/** [F4] The day of a plan has come: the clock carries it out, once the community has the demand in hand. */
export function reassignmentPassed(row: DemandRow, now: Instant): Passed | null {
	const isDue = row.nextAssigneeFrom !== undefined && row.nextAssigneeFrom <= dayOf(now);
	return isDue && row.state === 'accepted' ? { kind: 'demand.reassign-begun.v1', body: {} } : null;
}
