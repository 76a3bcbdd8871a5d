/** How the row of a demand moves from step to step, and who at the community may move it. */
import type { Stamp } from '../family.ts';
import type { PersonId } from '../ids.ts';
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

/** The desk, and the person responsible as long as they can read what becomes of their words (O2). */
export function mayHandle(actor: Actor, row: DemandRow | null): May {
	return mayWhere(actor, row, (of) => isDesk(actor.role) || assignedReader(of) === actor.person);
}

/**
 * [A2] Who reads a demand because they are responsible for it: while it is theirs to answer, and once it is answered.
 * Whoever accepted it works at the desk and reads it there.
 */
export function assignedReader({
	assignee,
	state,
	office,
	steps
}: Pick<DemandRow, 'assignee' | 'state' | 'office' | 'steps'>): PersonId | undefined {
	const isTheirs = office === undefined && (state === 'accepted' || state === 'handled');
	const isOfDesk = steps.some((step) => step.state === 'accepted' && step.by === assignee);
	return isTheirs && !isOfDesk ? assignee : undefined;
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
