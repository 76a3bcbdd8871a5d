/** The judge: one pure verdict per entry (J1). The relay's is final; a device runs the same to predict. */
import type { Action, Given, Reason } from './element.ts';
import type { Entry } from './entry.ts';
import {
	isNoted,
	stampOf,
	type AnyKind,
	type Moment,
	type Noted,
	type Refs,
	type Row,
	type Stamp
} from './family.ts';
import type { Instant, PersonId } from './ids.ts';
import { STANDING } from './ledgers.ts';
import { familyOf, kindOf } from './kinds/index.ts';
import { isCurrent, isDesk, isField, type Actor, type Duty } from './people.ts';
import { quarterOf } from './calendar.ts';
import type { Settings, SettingsInForce } from './settings.ts';
import { DAY } from './spans.ts';

/** [E3] Beyond this a device's clock is named 时钟异常. */
export const CLOCK_TOLERANCE = 10 * 60_000;
/** [E3] No phone is believed to have been offline longer: such a claim is a wrong clock's. */
export const LONGEST_OFFLINE = 366 * DAY;
/** Why nobody is heard, and what the author can do about it. */
export interface Unheard {
	readonly reason: Reason;
	readonly action: Action;
}

/** The duties an author may speak under, the current ones first. */
export type Actors = readonly Actor[] | Unheard;

export type Judgement =
	| {
			readonly verdict: 'accepted';
			readonly actor: Actor;
			readonly given: Given;
			readonly row: Row;
			readonly numbered?: Numbered;
	  }
	| {
			readonly verdict: 'noted';
			readonly reason: Reason;
			readonly actor: Actor;
			readonly given: Given;
			readonly row: Row;
	  }
	| { readonly verdict: 'refused'; readonly reason: Reason; readonly action: Action }
	| { readonly verdict: 'later'; readonly reason: 'unknown-kind'; readonly action: 'try-later' };

export type Accepted = Extract<Judgement, { verdict: 'accepted' }>;

/** [J7] Which official number an accepted entry still lacks: only the relay draws one (`withNumber`). */
export interface Numbered {
	readonly kindClass: string;
	readonly org: string;
	readonly quarter: string;
}

/** What is kept alone is not worked with (封存). */
const RESTRICTED: Noted = { noted: 'illegal-transition' };

export interface Received {
	readonly at: Instant;
	/** receivedAt − the device's `now` at the hand-in; ignored within `CLOCK_TOLERANCE`. */
	readonly offset: number;
}

/**
 * Judges one entry. `actors` are the duties its author may speak under (see `actorsFor`), or why there is
 * none; `refs` are the record's own row and those its family's `reads` names, as they stand after earlier
 * entries of the commit.
 */
export function judge(
	entry: Entry,
	actors: Actors,
	refs: Refs,
	settings: SettingsInForce,
	received: Received
): Judgement {
	const family = familyOf(entry.kind);
	const kind = kindOf(entry.kind);
	if (!family || !kind) return { verdict: 'later', reason: 'unknown-kind', action: 'try-later' };
	if (!kind.parses(entry)) return refuse('malformed');
	if ('reason' in actors) return { verdict: 'refused', ...actors };
	if (actors.length === 0) return refuse('no-duty');

	const row = refs.get(entry.record) ?? null;
	if (row !== null && row.family !== family.name) return refuse('already-exists');

	let actor: Actor | undefined;
	let why: Reason = 'not-allowed';
	for (const candidate of actors) {
		const may = mayBoth(kind, candidate, entry, row, refs);
		if (may === true) {
			actor = candidate;
			break;
		}
		why = may;
	}
	if (!actor) return refuse(why);

	const offset = offsetOf(entry.at, received);
	const moment: Moment = {
		receivedAt: received.at,
		at: entry.at + (offset ?? 0),
		clockOff: offset !== undefined
	};
	const period = family.storage === 'standing' ? STANDING : quarterOf(received.at);
	const given: Given = {
		...(row === null ? { period } : {}),
		...(offset === undefined ? {} : { offset }),
		...kind.given(entry, row, moment, settings)
	};
	const stamp: Stamp = {
		n: (row?.n ?? 0) + 1,
		device: entry.device,
		receivedAt: received.at,
		at: moment.at,
		actor,
		given
	};
	const tried = row?.restrictedAt === undefined ? kind.apply(row, entry, stamp) : RESTRICTED;
	if (isNoted(tried)) {
		if (row === null || isNothingOf(actor, row, tried.noted)) return refuse(tried.noted);
		return {
			verdict: 'noted',
			reason: tried.noted,
			actor,
			given: offset === undefined ? {} : { offset },
			row: { ...row, n: stamp.n }
		};
	}
	if (kind.numbered === undefined) return { verdict: 'accepted', actor, given, row: tried };
	const quarter = quarterOf(received.at);
	const numbered: Numbered = { kindClass: kind.numbered, org: tried.org, quarter };
	return { verdict: 'accepted', actor, given, row: tried, numbered };
}

/** [J7] The verdict with the number that was drawn for it; `row` is what there was of the record. */
export function withNumber(
	judged: Accepted,
	entry: Entry,
	row: Row | null,
	drawn: { readonly receivedAt: Instant; readonly no: string }
): Accepted {
	const { actor, row: tried } = judged;
	const { receivedAt, no } = drawn;
	const given = { ...judged.given, no };
	const stamp = stampOf({ n: tried.n, receivedAt, actor, given }, entry);
	const numbered = kindOf(entry.kind)?.apply(row, entry, stamp) ?? tried;
	return { verdict: 'accepted', actor, given, row: isNoted(numbered) ? tried : numbered };
}

/**
 * [E3] What to add to a claimed moment: the clock's error where it is beyond tolerance at the hand-in; and
 * where the clock was put right in between, what brings an impossible claim to the moment of receipt.
 */
function offsetOf(claimed: Instant, received: Received): number | undefined {
	const isOff = Math.abs(received.offset) > CLOCK_TOLERANCE;
	const at = claimed + (isOff ? received.offset : 0);
	if (at > received.at + CLOCK_TOLERANCE || at < received.at - LONGEST_OFFLINE)
		return received.at - claimed;
	return isOff ? received.offset : undefined;
}

/** [J2] A record begun by others, where its author has no part in it, takes no words of theirs. */
function isNothingOf(actor: Actor, row: Row, reason: Reason): boolean {
	if (reason !== 'already-exists' || actor.role === 'setUp') return false;
	return actor.org !== row.org || (!isDesk(actor.role) && actor.person !== row.createdBy);
}

/** [J6] What a desk writes down for a member, the member could have said as well. */
function mayBoth(
	kind: AnyKind,
	actor: Actor,
	entry: Entry,
	row: Row | null,
	refs: Refs
): true | Reason {
	// [E4] who stands in a dispute does not decide it
	if (isField(actor.role) && settlesAnything(entry)) return 'not-allowed';
	const may = kind.may(actor, entry, row, refs);
	if (may !== true || actor.behalfOf === undefined) return may;
	return kind.may({ ...actor.behalfOf, org: actor.org }, entry, row, refs);
}

function settlesAnything({ body }: Entry): boolean {
	return Array.isArray(body.settles) && body.settles.length > 0;
}

/**
 * The duties an author may speak under in the entry's organisation: those that cover the moment it
 * arrived (clocks lie, E3), and those that covered the moment it claims and ended a short while before
 * (J6, 迟到). What a member said in time but came later than that goes to the desk.
 */
export function actorsFor(
	duties: readonly Duty[],
	entry: Pick<Entry, 'org' | 'at'>,
	received: Pick<Received, 'at' | 'offset'>,
	{ lateDays }: Pick<Settings, 'lateDays'>
): Actors {
	const there = duties.filter((duty) => duty.org === entry.org);
	const saidAt = entry.at + (offsetOf(entry.at, received) ?? 0);
	const current = there.filter((duty) => isCurrent(duty, received.at));
	const ended = there.filter((duty) => sinceEnd(duty, received.at) >= 0);
	const covering = ended.filter((duty) => isCurrent(duty, saidAt));
	const late = covering.filter((duty) => sinceEnd(duty, received.at) <= lateDays * DAY);
	const actors: readonly Actor[] = [
		...current.map(actorUnder),
		...late.map((duty) => ({ ...actorUnder(duty), late: true as const }))
	];
	if (actors.length > 0) return actors;
	if (covering.some(({ role }) => isField(role)))
		return { reason: 'duty-ended', action: 'hand-to-the-desk' };
	return unheard(ended.length > 0 ? 'duty-ended' : 'no-duty');
}

/**
 * [J6] 代录: a desk may write down what a member with a duty there then said or did. `duties` are the
 * desk's own, `dutiesOfOther` those of the person that `onBehalfOf` names.
 */
export function actorsOnBehalf(
	duties: readonly Duty[],
	dutiesOfOther: readonly Duty[],
	entry: Entry & { readonly onBehalfOf: PersonId },
	received: Pick<Received, 'at' | 'offset'>
): Actors {
	const desks = duties
		.filter((duty) => duty.org === entry.org && isDesk(duty.role))
		.filter((duty) => isCurrent(duty, received.at) && duty.person !== entry.onBehalfOf);
	if (desks.length === 0) return unheard('not-allowed');
	const then = entry.adopts?.at ?? kindOf(entry.kind)?.happenedAt(entry) ?? entry.at;
	const other = dutiesOfOther.find(
		(duty) => duty.org === entry.org && isField(duty.role) && isCurrent(duty, then)
	);
	if (other === undefined || then > received.at + CLOCK_TOLERANCE) return unheard('contradiction');
	const behalfOf = { person: other.person, role: other.role };
	return desks.map((duty) => ({ ...actorUnder(duty), behalfOf }));
}

/**
 * [R9] The relay's own device tells what only time brings about under its role `clock` (F4), and founds a
 * district under its role `setUp`; in a demo realm alone it also speaks for the invented person that
 * `onBehalfOf` names, under that person's duties.
 */
export function actorsForSetUp(
	person: PersonId,
	dutiesOfOther: readonly Duty[],
	entry: Pick<Entry, 'org' | 'at' | 'onBehalfOf'>,
	received: Pick<Received, 'at' | 'offset'>,
	{ demo, lateDays }: { readonly demo: boolean; readonly lateDays: number }
): Actors {
	if (entry.onBehalfOf === undefined)
		return [
			{ person, role: 'clock', org: entry.org },
			{ person, role: 'setUp', org: entry.org }
		];
	if (!demo) return unheard('no-duty');
	const actors = actorsFor(dutiesOfOther, entry, received, { lateDays });
	return 'reason' in actors ? actors : actors.map((actor) => ({ ...actor, via: 'setUp' }));
}

function actorUnder({ person, role, org }: Duty): Actor {
	return { person, role, org };
}

/** Milliseconds since a duty ended; negative while it stands. */
function sinceEnd({ to }: Duty, moment: Instant): number {
	return to === undefined ? -1 : moment - to;
}

function unheard(reason: Reason): Unheard {
	return { reason, action: actionFor(reason) };
}

function refuse(reason: Reason): Judgement {
	return { verdict: 'refused', reason, action: actionFor(reason) };
}

/** What an author can do about each refusal. */
export function actionFor(reason: Reason): Action {
	switch (reason) {
		case 'no-duty':
		case 'duty-ended':
		case 'not-allowed':
		case 'other-organisation':
		case 'device-revoked':
		case 'record-full':
			return 'ask-the-desk';
		case 'unknown-kind':
			return 'try-later';
		case 'bad-signature':
		case 'wrong-realm':
			return 'update-the-app';
		default:
			return 'edit-and-resend';
	}
}
