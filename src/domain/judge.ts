/** The judge: one pure verdict per entry (J1). The relay's is final; a device runs the same to predict. */
import type { Action, Given, Reason } from './element.ts';
import type { Entry } from './entry.ts';
import { isNoted, type Moment, type Refs, type Row, type Stamp } from './family.ts';
import type { Instant, PersonId } from './ids.ts';
import { STANDING } from './ledgers.ts';
import { familyOf, kindOf } from './kinds/index.ts';
import { isCurrent, isDesk, type Actor, type Duty } from './people.ts';
import { quarterOf } from './calendar.ts';
import type { Settings } from './settings.ts';

/** [E3] Beyond this a device's clock is named 时钟异常. */
export const CLOCK_TOLERANCE = 10 * 60_000;
/** [E3] No phone is believed to have been offline longer: such a claim is a wrong clock's. */
export const LONGEST_OFFLINE = 366 * 86_400_000;
/** [J6] How long an ended duty still covers what was said under it. */
export const LATE_DAYS = 14;

export type Judgement =
	| {
			readonly verdict: 'accepted';
			readonly actor: Actor;
			readonly given: Given;
			readonly row: Row;
			readonly numbered?: string | undefined;
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

export interface Received {
	readonly at: Instant;
	/** receivedAt − the device's `now` of the hand-in; 0 when within tolerance matters not. */
	readonly offset: number;
	/** Draws the official number; called only on acceptance of a numbered kind (J7). */
	readonly number?: (kindClass: string, org: string, quarter: string) => string;
}

/**
 * Judges one entry. `actors` are the duties its author may speak under (see `actorsFor`), `refs` the
 * record's own row and those its family's `reads` names, as they stand after earlier entries of the commit.
 */
export function judge(
	entry: Entry,
	actors: readonly Actor[],
	refs: Refs,
	settings: Settings,
	received: Received
): Judgement {
	const family = familyOf(entry.kind);
	const kind = kindOf(entry.kind);
	if (!family || !kind) return { verdict: 'later', reason: 'unknown-kind', action: 'try-later' };
	if (!kind.parses(entry)) return refuse('malformed');
	if (actors.length === 0) return refuse('no-duty');

	const row = refs.get(entry.record) ?? null;
	if (row !== null && row.family !== family.name) return refuse('already-exists');

	let actor: Actor | undefined;
	let why: Reason = 'not-allowed';
	for (const candidate of actors) {
		const may = kind.may(candidate, entry, row, refs);
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
	let given: Given = {
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
	const tried = kind.apply(row, entry, stamp);
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
	if (kind.numbered === undefined || received.number === undefined)
		return { verdict: 'accepted', actor, given, row: tried };
	given = {
		...given,
		no: received.number(kind.numbered, tried.org, quarterOf(received.at))
	};
	const numbered = kind.apply(row, entry, { ...stamp, given });
	return {
		verdict: 'accepted',
		actor,
		given,
		row: isNoted(numbered) ? tried : numbered,
		numbered: kind.numbered
	};
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

/**
 * The duties an author may speak under in the entry's organisation: those that covered the moment it
 * claims, or cover the moment it arrived (clocks lie, E3), or ended at most 14 days before (J6).
 */
export function actorsFor(
	duties: readonly Duty[],
	entry: Pick<Entry, 'org' | 'at'>,
	received: Pick<Received, 'at' | 'offset'>
): readonly Actor[] {
	const claimed = entry.at + (Math.abs(received.offset) > CLOCK_TOLERANCE ? received.offset : 0);
	return duties
		.filter((duty) => duty.org === entry.org)
		.filter(
			(duty) =>
				isCurrent(duty, received.at) ||
				(isCurrent(duty, claimed) &&
					received.at - (duty.to ?? received.at) <= LATE_DAYS * 86_400_000)
		)
		.map((duty) => ({ person: duty.person, role: duty.role, org: duty.org }));
}

/**
 * [R9] The relay's own device founds a district under its role `setUp`; in a demo realm alone it also
 * speaks for the invented person that `onBehalfOf` names, under that person's duties.
 */
export function actorsForSetUp(
	person: PersonId,
	dutiesOfOther: readonly Duty[],
	entry: Pick<Entry, 'org' | 'at' | 'onBehalfOf'>,
	received: Pick<Received, 'at' | 'offset'>,
	realm: { readonly demo: boolean }
): readonly Actor[] {
	if (entry.onBehalfOf === undefined) return [{ person, role: 'setUp', org: entry.org }];
	if (!realm.demo) return [];
	return actorsFor(dutiesOfOther, entry, received).map((actor) => ({ ...actor, via: 'setUp' }));
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
