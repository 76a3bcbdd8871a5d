/** A demand in words: its state, its clock, its door, and the track it has come along. */
import { plainDoor } from '#domain/door-parts.ts';
import type { PersonId } from '#domain/ids.ts';
import type { DemandRow, DemandState, DemandStep } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m, type Messages } from '#lib/i18n/index.ts';
import { deadlineStatus, momentWords, type Looking } from './format.ts';
import { officeSteps } from './office-steps.ts';
import type { ParcelStep } from './ParcelTrack.svelte';
import type { Speaking } from './record-words.ts';
import type { Status, StatusIs } from './status.ts';

const looks = {
	registered: 'notStarted',
	accepted: 'inProgress',
	escalatedSub: 'escalated',
	handled: 'done',
	declined: 'closed',
	merged: 'closed',
	withdrawn: 'closed',
	voided: 'closed'
} as const satisfies Record<DemandState, StatusIs>;

export function demandState(row: Pick<DemandRow, 'state'>): Status {
	return { is: looks[row.state], words: m.demandState[row.state] };
}

/** The office gave it back, and the community has not answered it yet. */
export function handedBackStatus(row: DemandRow): readonly Status[] {
	const isBack = row.state === 'accepted' && row.handedBackWhy !== undefined;
	return isBack ? [{ is: 'late', words: m.status.handedBack }] : [];
}

/** The clock that runs now: 签收 while registered, then 办结, wherever it is; none once it is over. */
export function demandClock(row: DemandRow, looking: Looking): Status | undefined {
	if (row.state === 'registered' && row.signDueAt !== undefined) {
		const { is, words } = deadlineStatus(row.signDueAt, row.receivedAt, looking);
		return { is, words: m.records.clock.sign(words) };
	}
	const isInHand = row.state === 'accepted' || row.state === 'escalatedSub';
	if (isInHand && row.resolveDueAt !== undefined) {
		const { is, words } = deadlineStatus(row.resolveDueAt, row.createdAt, looking);
		return { is, words: m.records.clock.resolve(words) };
	}
	return undefined;
}

/** Who is responsible for it now: at the office that has it, or at the community. */
export function responsible(row: DemandRow): PersonId | undefined {
	return row.office === undefined ? row.assignee : row.officeAssignee;
}

/** 交接: from whom whoever has it took it over. */
export function tookOverStatus({ state, handedBy }: DemandRow): readonly Status[] {
	const isOpen = state === 'accepted' || state === 'escalatedSub';
	return isOpen && handedBy !== undefined
		? [{ is: 'inProgress', words: m.handing.from(handedBy) }]
		: [];
}

/** 梧桐里小区 3栋2单元301; parts that a door does not have are left out. */
export function doorWords(
	door: Pick<HouseholdRow, 'estate' | 'building' | 'unit' | 'room'>,
	says: Messages = m
): string {
	return says.records.door.whole(plainDoor(door));
}

/** Every step from the resident's words to the end, as far as this issue of the domain goes. */
export function demandTrack(
	row: DemandRow,
	speaking: Speaking,
	{ pending }: { pending: boolean }
): readonly ParcelStep[] {
	const { names, now } = speaking;
	const t = m.records.track;
	const who = (person: string): string => names.get(person) ?? m.records.someone;
	const when = (at: number): string => momentWords(at, now);
	const onlyHere = pending && row.steps.length === 1;
	const raised: ParcelStep = {
		id: 'raised',
		title: t.raised,
		note: t.raisedBy(
			when(row.raisedAt ?? row.createdAt),
			who(row.raisedBy),
			m.channel[row.channel]
		),
		state: 'done'
	};
	const arrived: ParcelStep = {
		id: 'arrived',
		title: t.arrived,
		note: onlyHere ? t.notYetSent : t.arrivedAt(when(row.receivedAt)),
		state: onlyHere ? 'now' : 'done'
	};
	return [raised, arrived, ...stepsAtDesk(row, { who, when, onlyHere })];
}

export interface Said {
	readonly who: (person: string) => string;
	readonly when: (at: number) => string;
	readonly onlyHere: boolean;
}

function stepsAtDesk(row: DemandRow, said: Said): readonly ParcelStep[] {
	switch (row.state) {
		case 'registered':
			return [waitingStep(row, said), ahead('handle'), ahead('handled')];
		case 'accepted':
			return [
				...acceptedStep(row, said),
				...officeSteps(row, said),
				handlingStep(row, said, 'now'),
				ahead('handled')
			];
		case 'escalatedSub':
			return [
				...acceptedStep(row, said),
				...officeSteps(row, said),
				row.takenAt === undefined ? takingStep() : handlingStep(row, said, 'now'),
				...(row.takenAt === undefined ? [ahead('handledAbove')] : []),
				ahead('handled')
			];
		case 'handled':
			return [
				...acceptedStep(row, said),
				...officeSteps(row, said),
				handlingStep(row, said, 'done'),
				endStep(row, said, 'handled')
			];
		case 'declined':
		case 'merged':
		case 'withdrawn':
		case 'voided':
			return [...acceptedStep(row, said), ...officeSteps(row, said), endStep(row, said, row.state)];
	}
}

function waitingStep(row: DemandRow, { when, onlyHere }: Said): ParcelStep {
	const t = m.records.track;
	const due = row.signDueAt;
	return {
		id: 'accept',
		title: t.accept,
		note: due === undefined ? t.acceptWaitsOpen : t.acceptWaits(when(due)),
		state: onlyHere ? 'ahead' : 'now'
	};
}

function acceptedStep(row: DemandRow, { who, when }: Said): readonly ParcelStep[] {
	const step = lastStep(row, 'accepted');
	if (step === undefined) return [];
	const note = m.records.track.acceptedBy(when(step.at), who(step.by));
	return [{ id: 'accept', title: m.records.track.accept, note, state: 'done' }];
}

function takingStep(): ParcelStep {
	const { take, takeWaits } = m.records.track;
	return { id: 'take', title: take, note: takeWaits, state: 'now' };
}

function handlingStep(row: DemandRow, { who, when }: Said, state: 'now' | 'done'): ParcelStep {
	const t = m.records.track;
	const name = who(responsible(row) ?? row.createdBy);
	const until = row.resolveDueAt;
	const note = until === undefined ? t.handleByOpen(name) : t.handleBy(name, when(until));
	return { id: 'handle', title: row.office === undefined ? t.handle : t.handledAbove, note, state };
}

function endStep(
	row: DemandRow,
	{ who, when }: Said,
	state: 'handled' | 'declined' | 'merged' | 'withdrawn' | 'voided'
): ParcelStep {
	const t = m.records.track;
	const step = lastStep(row, state);
	const title = t[state];
	if (step === undefined) return { id: state, title, state: 'done' };
	const why = endReason(row, state);
	const [at, by] = [when(step.at), who(step.by)];
	const note = why === undefined ? t.ended(at, by) : t.endedWhy(at, by, why);
	return { id: state, title, note, state: 'done' };
}

function endReason(row: DemandRow, state: DemandState): string | undefined {
	if (state === 'handled') return row.outcome && m.outcome[row.outcome];
	if (state === 'declined') return row.declineCode && m.declineReason[row.declineCode];
	return row.closedReason;
}

function ahead(step: 'handle' | 'handledAbove' | 'handled'): ParcelStep {
	return { id: step, title: m.records.track[step], state: 'ahead' };
}

function lastStep(row: DemandRow, state: DemandState): DemandStep | undefined {
	return row.steps.filter((step) => step.state === state).pop();
}
