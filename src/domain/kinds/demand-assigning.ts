/** 换责任人: another person answers for a demand, at the community or at the office, whichever has it. */
import { z } from 'zod';
import { kind, type AnyKind } from '../family.ts';
import { PersonId } from '../ids.ts';
import { isOffice } from '../people.ts';
import type { DemandRow } from './demand.ts';
import { mayAssign } from './demand-moves.ts';
import { isInHandOf, mayAtOffice } from './demand-office.ts';

const Reassigned = z.strictObject({ assignee: PersonId });

export const assigningKinds: Readonly<Record<string, AnyKind>> = {
	'demand.reassigned.v1': kind<DemandRow, z.infer<typeof Reassigned>>({
		body: Reassigned,
		may: (actor, _said, row) =>
			isOffice(actor.role) ? mayAtOffice(actor, row) : mayAssign(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isInHandOf(stamp.actor, row)) return { noted: 'illegal-transition' };
			const { assignee } = said.body;
			const field = isOffice(stamp.actor.role) ? 'officeAssignee' : 'assignee';
			if (row[field] === assignee) return { noted: 'nothing-changed' };
			return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, [field]: assignee };
		}
	})
};
