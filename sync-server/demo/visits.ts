/** Rounds of the demo district: who knocks where and when, whom they meet, and what they bring back. */
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import type { VisitOutcome } from '#domain/kinds/visit.ts';
import { defaultSettings } from '#domain/settings.ts';
import { DAY, HOUR, MINUTE } from '#domain/spans.ts';
import { walkingMoment } from './calendar.ts';
import {
	lifeOf,
	raise,
	registration,
	type Fate,
	type Raised,
	type Scene,
	type Told
} from './demands.ts';
import type { Door } from './households.ts';
import { matterOf } from './matters.ts';
import { demoMember, type DemoPerson } from './people.ts';
import { tellReview } from './review.ts';
import {
	changes,
	companions,
	correctionReasons,
	hardships,
	hazards,
	policies,
	solved,
	suggestions,
	voidReasons
} from './visit-texts.ts';

/** Of the visits where somebody was met, how many bring back a demand. */
const CARRYING = 0.23;

/** All visits of a community's doors that the story does not tell by hand. */
export function tellRounds(scene: Scene): Told[] {
	const doors = scene.doors.filter((door) => !door.isScripted);
	return doors.flatMap((door) =>
		tellRoundsOf(door, { ...scene, chance: scene.chance.fork(door.record) })
	);
}

export interface Visited {
	readonly door: Door;
	readonly by: DemoPerson;
	readonly startedAt: number;
	readonly outcome?: VisitOutcome;
	readonly minutes?: number;
	readonly allWell?: boolean;
	readonly words?: Readonly<Record<string, unknown>>;
	/** Entries that stayed on the phone until there was a network. */
	readonly offlineMinutes?: number;
}

/** One visit with the demands it brings back, said in one commit. */
export function tellVisit(
	visited: Visited,
	raisedHere: readonly ((at: number, record: RecordId) => Raised)[],
	scene: Scene
): { told: Told; record: RecordId; raised: readonly Raised[] } {
	const { chance, desk } = scene;
	const { door, by, startedAt, outcome = 'met', minutes = 15 } = visited;
	const endedAt = startedAt + minutes * MINUTE;
	const at = endedAt + chance.int(20, 200) * 1000;
	const receivedAt = at + (visited.offlineMinutes ?? 0) * MINUTE + chance.int(2, 40) * 1000;
	const record = RecordId.parse(chance.id(at));
	const raised = raisedHere.map((make) => ({ ...make(at, record), receivedAt }));
	const cadence = defaultSettings.cadenceDays[door.tier];
	const again = outcome === 'notHome' ? chance.int(1, 4) : cadence;
	const met =
		outcome === 'met'
			? { interviewee: door.head, size: door.size, groups: door.groups, ...visited.words }
			: {};
	const body = {
		household: door.record,
		outcome,
		mode: outcome === 'met' && chance.is(0.12) ? 'phone' : 'home',
		startedAt,
		endedAt,
		...met,
		...(visited.allWell && { allWell: true }),
		nextDueOn: addDays(dayOf(startedAt), again),
		draftNo: draftNo(by, desk.members, chance),
		demands: raised.map((each) => each.record)
	};
	const visit = { kind: 'visit.recorded.v1', record, org: desk.org, by: by.id, body };
	const says = [visit, ...raised.map((each) => registration(each, scene))];
	return { told: { at, receivedAt, says }, record, raised };
}

function tellRoundsOf(door: Door, scene: Scene): Told[] {
	const { desk, from, until, chance } = scene;
	const step = defaultSettings.cadenceDays[door.tier];
	const story: Told[] = [];
	// Nobody looks after it: a worker comes by now and then.
	const visitor = door.member ?? chance.pick(desk.handlers);
	// The demo member keeps every round, so that only what the story says is overdue there.
	const isFaithful = visitor.name === demoMember;
	let day = from + chance.next() * step * DAY * (isFaithful ? 0.9 : 1);
	while (day < until) {
		const startedAt = walkingMoment(dayOf(day), chance);
		const isKept = isFaithful || chance.is(desk.plan.diligence);
		day += step * DAY * ((isFaithful ? 0.65 : 0.85) + chance.next() * 0.3);
		if (!isKept) continue;
		if (startedAt > until - 45 * MINUTE) break;
		story.push(...tellOne(door, visitor, startedAt, scene));
	}
	return story;
}

function tellOne(door: Door, by: DemoPerson, startedAt: number, scene: Scene): Told[] {
	const { chance, until } = scene;
	const fate = chance.next();
	const offlineMinutes = chance.is(0.2) ? chance.int(30, 300) : 0;
	const visited = { door, by, startedAt, minutes: chance.int(6, 32), offlineMinutes };
	if (fate < 0.08) {
		const missed = tellVisit({ ...visited, outcome: 'notHome', minutes: 1 }, [], scene);
		const back =
			startOfDay(addDays(dayOf(startedAt), chance.int(1, 4))) + chance.int(15, 19) * HOUR;
		if (back > until - HOUR) return [missed.told];
		return [missed.told, ...tellMeeting({ ...visited, startedAt: back }, scene)];
	}
	if (fate < 0.1)
		return [tellVisit({ ...visited, outcome: 'declined', minutes: 2 }, [], scene).told];
	return tellMeeting(visited, scene);
}

function tellMeeting(visited: Visited, scene: Scene): Told[] {
	const { chance, desk } = scene;
	const count = chance.is(CARRYING) ? chance.int(1, chance.is(0.15) ? 2 : 1) : 0;
	const isWell = count === 0 && chance.is(0.55);
	const words = {
		...(chance.is(0.25) && { changes: chance.pick(changes) }),
		...(visited.door.tier !== 'general' && chance.is(0.4) && { hardships: chance.pick(hardships) }),
		...(chance.is(0.08) && { suggestions: chance.pick(suggestions) }),
		...(chance.is(0.2) && { solvedOnSpot: chance.pick(solved) }),
		...seldom(chance.fork(`seldom/${visited.door.record}/${visited.startedAt}`))
	};
	const making = Array.from(
		{ length: count },
		() => (at: number, visit: RecordId) =>
			raise(
				{
					matter: matterOf(at, chance, ({ urgency }) => urgency !== 'emergency'),
					door: visited.door,
					by: visited.by,
					channel: 'visit',
					at,
					visit
				},
				scene
			)
	);
	const visit = tellVisit(
		{ ...visited, allWell: isWell, words: isWell ? {} : words },
		making,
		scene
	);
	const story = [
		visit.told,
		...visit.raised.flatMap((raised) => lifeOf(raised, scene, fateOf(scene)))
	];
	story.push(...tellReview(visit.record, visited.by, visit.told.receivedAt, scene));
	const later = visit.told.receivedAt + chance.int(20, 400) * MINUTE;
	const about = { record: visit.record, org: desk.org, by: visited.by.id };
	if (chance.is(0.03)) {
		const body = {
			interviewee: `${visited.door.head}的家人`,
			reason: chance.pick(correctionReasons)
		};
		story.push(whenOnline(later, { ...about, kind: 'visit.corrected.v1', body }));
	} else if (chance.is(0.006)) {
		const body = { reason: chance.pick(voidReasons) };
		story.push(whenOnline(later, { ...about, kind: 'visit.voided.v1', body }));
	}
	return story;
}

/** What stands in few visits: hazards, policy told, who came along, what for. */
function seldom(chance: Scene['chance']): Readonly<Record<string, unknown>> {
	return {
		...(chance.is(0.07) && { hazards: [chance.pick(hazards)] }),
		...(chance.is(0.12) && { policyTold: [chance.pick(policies)] }),
		...(chance.is(0.06) && { companions: [chance.pick(companions)] }),
		...(chance.is(0.15) && { purpose: [chance.pick(['routine', 'condolence', 'followUp'])] }),
		...(chance.is(0.3) && { consent: true })
	};
}

export function fateOf({ chance }: Scene): Fate {
	const at = chance.next();
	if (at < 0.03) return 'declined';
	if (at < 0.04) return 'withdrawn';
	return at < 0.047 ? 'voided' : 'usual';
}

function whenOnline(at: number, utterance: Told['says'][number]): Told {
	return { at, receivedAt: at + 3_000, says: [utterance] };
}

/** 临时编号: the phone's letter and number, then a count. */
function draftNo(by: DemoPerson, members: readonly DemoPerson[], { int }: Scene['chance']): string {
	const at = Math.max(0, members.indexOf(by));
	return `${'WLZHCSYF'.charAt(at % 8)}${Math.floor(at / 8) + 1}-${String(int(1, 999)).padStart(4, '0')}`;
}
