/** 更正 of an answer: what came of a demand and what its resident was told, by whoever may speak for it. */
import { z } from 'zod';
import { correct } from '../correction.ts';
import { kind, type AnyKind } from '../family.ts';
import { isDesk, isOffice, type Actor } from '../people.ts';
import type { DemandRow } from './demand.ts';
import { mayDecide, type May } from './demand-moves.ts';
import { mayAtOffice } from './demand-office.ts';

export const Outcome = z.enum(['solved', 'partly', 'explained', 'notOurs', 'unsolvable']);
export type Outcome = z.infer<typeof Outcome>;

const AnswerCorrected = z.strictObject({
	outcome: Outcome.optional(),
	reply: z.string().min(1).max(2000).optional(),
	reason: z.string().min(1).max(200),
	settles: z.array(z.string()).max(2).optional()
});

export const answerKinds: Readonly<Record<string, AnyKind>> = {
	'demand.answer-corrected.v1': kind<DemandRow, z.infer<typeof AnswerCorrected>>({
		body: AnswerCorrected,
		may: (actor, _said, row) => mayCorrectAnswer(actor, row),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (row.state !== 'handled' && row.state !== 'declined')
				return { noted: 'illegal-transition' };
			const { reason: _reason, settles, ...fields } = said.body;
			// 不予受理 has a reply, and no outcome.
			if (row.state === 'declined' && fields.outcome !== undefined)
				return { noted: 'contradiction' };
			return correct(row, fields, said.rev, stamp, settles);
		}
	})
};

/**
 * An answer of the office is the office's. Of the community's, the desk corrects what was handled, as does whoever
 * handled it; what was declined the secretary alone.
 */
export function mayCorrectAnswer(actor: Actor, row: DemandRow | null): May {
	if (row === null) return 'no-such-record';
	if (isOffice(actor.role)) return mayAtOffice(actor, row);
	if (row.state === 'declined') return mayDecide(actor, row);
	if (row.org !== actor.org) return 'other-organisation';
	if (row.office !== undefined) return 'not-allowed';
	// [O2] Who handled it reads no longer what became of it after that.
	const isHandler = row.state === 'handled' && handlerOf(row) === actor.person;
	return isDesk(actor.role) || isHandler ? true : 'not-allowed';
}

function handlerOf({ steps }: DemandRow): string | undefined {
	return [...steps].reverse().find(({ state }) => state === 'handled')?.by;
}
