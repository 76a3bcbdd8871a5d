/** How the row of a demand moves from step to step, and who at the community may move it. */
import type { Stamp } from '../family.ts';
import { isDesk, type Actor } from '../people.ts';
import type { DemandRow, DemandState, DemandStep } from './demand.ts';

export type May = true | 'no-such-record' | 'other-organisation' | 'not-allowed';

export function moved(row: DemandRow, state: DemandState, stamp: Stamp): DemandRow {
	return { ...stepped(row, state, stamp), state };
}

/** One more step on the track, whatever state the demand is in. */
export function stepped(row: DemandRow, state: DemandStep['state'], stamp: Stamp): DemandRow {
	const step: DemandStep = { state, at: stamp.at, by: stamp.actor.person };
	return { ...row, n: stamp.n, updatedAt: stamp.receivedAt, steps: [...row.steps, step] };
}

export function mayHandle(actor: Actor, row: DemandRow | null): May {
	return mayWhere(actor, row, ({ assignee }) => isDesk(actor.role) || assignee === actor.person);
}

export function mayAssign(actor: Actor, row: DemandRow | null): May {
	return mayWhere(actor, row, () => isDesk(actor.role));
}

export function mayDecide(actor: Actor, row: DemandRow | null): May {
	return mayWhere(actor, row, () => actor.role === 'communitySecretary');
}

export function mayCorrect(actor: Actor, row: DemandRow | null): May {
	return mayWhere(actor, row, ({ raisedBy }) => isDesk(actor.role) || raisedBy === actor.person);
}

/** In its own community alone, and there whoever fits. */
function mayWhere(actor: Actor, row: DemandRow | null, fits: (row: DemandRow) => boolean): May {
	if (row === null) return 'no-such-record';
	if (row.org !== actor.org) return 'other-organisation';
	return fits(row) ? true : 'not-allowed';
}
