/** What a demand's track says of its ways up to the office and back: every one of them, in order. */
import type { DemandRow, DemandStep } from '#domain/kinds/demand.ts';
import { m } from '#lib/i18n/index.ts';
import type { ParcelStep } from './ParcelTrack.svelte';

interface Saying {
	readonly who: (person: string) => string;
	readonly when: (at: number) => string;
}

type OfficeStep = DemandStep & { readonly state: 'escalatedSub' | 'taken' | 'handedBack' };

export function officeSteps(row: DemandRow, saying: Saying): readonly ParcelStep[] {
	const steps = row.steps.filter(isOfOffice);
	return steps.map((step, at) => ({
		id: `office-${at}`,
		title: m.records.track[step.state],
		note: noteOf(step, row, { ...saying, isLast: !isRepeated(step, steps.slice(at + 1)) }),
		state: 'done'
	}));
}

/** A row keeps the last reasons alone; earlier ones stand in its history. */
function noteOf(
	{ state, at, by }: OfficeStep,
	{ escalatedWhy, handedBackWhy }: DemandRow,
	{ who, when, isLast }: Saying & { readonly isLast: boolean }
): string {
	const t = m.records.track;
	const reasons = { escalatedSub: escalatedWhy, handedBack: handedBackWhy, taken: undefined };
	const why = isLast ? reasons[state] : undefined;
	return why === undefined ? t.ended(when(at), who(by)) : t.endedWhy(when(at), who(by), why);
}

function isOfOffice(step: DemandStep): step is OfficeStep {
	return step.state === 'escalatedSub' || step.state === 'taken' || step.state === 'handedBack';
}

function isRepeated({ state }: OfficeStep, later: readonly OfficeStep[]): boolean {
	return later.some((each) => each.state === state);
}
