/** The figures of one community as lines of tables; a number's id is the one all levels share. */
import type { Figures } from '#domain/figures.ts';
import type { DemandState } from '#domain/kinds/demand.ts';
import { m } from '#lib/i18n/index.ts';

export interface FigureLine {
	/** `data-figure`: the same name on phone, tablet and desktop. */
	readonly id: string;
	readonly name: string;
	readonly number: number;
	readonly note?: string;
}

const states = [
	'registered',
	'accepted',
	'escalatedSub',
	'handled',
	'declined',
	'merged',
	'withdrawn',
	'voided'
] as const satisfies readonly DemandState[];

export function visitLines(of: Figures): readonly FigureLine[] {
	const words = m.secretary.figures;
	return [
		{ id: 'visits', name: words.visits, number: of.visits, note: words.visitsNote },
		{ id: 'visits-met', name: words.met, number: of.met },
		{ id: 'visits-not-home', name: words.notHome, number: of.notHome },
		{ id: 'visits-refused', name: words.refused, number: of.refused },
		{
			id: 'households-reached',
			name: words.reached,
			number: of.householdsReached,
			note: words.reachedNote
		}
	];
}

export function stateLines(of: Figures): readonly FigureLine[] {
	return states.map((state) => ({
		id: `demands-${state}`,
		name: m.demandState[state],
		number: of.demands[state]
	}));
}

export function otherLines(of: Figures): readonly FigureLine[] {
	const numbers = {
		'demands-closed': of.closed,
		'demands-carried-over': of.carriedOver,
		'demands-open': of.open,
		'demands-escalated': of.escalated,
		'demands-closed-above': of.closedAbove,
		'sign-overdue': of.signOverdue,
		'resolve-overdue': of.resolveOverdue,
		households: of.households
	} as const satisfies Record<keyof typeof m.secretary.figures.other, number>;
	return (
		[
			'demands-closed',
			'demands-carried-over',
			'demands-open',
			'demands-escalated',
			'demands-closed-above',
			'sign-overdue',
			'resolve-overdue',
			'households'
		] as const
	).map((id) => ({
		id,
		number: numbers[id],
		...m.secretary.figures.other[id]
	}));
}
