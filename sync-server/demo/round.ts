/** How rounds are arranged in the demo district: put off, come back to, lent to others, and reported late. */
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import { orgRecord, PersonId, RecordId } from '#domain/ids.ts';
import { DAY, HOUR, MINUTE } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { deskMoment, officeMinutesBefore } from './calendar.ts';
import { tell, type Scene, type Told } from './demands.ts';
import type { Door } from './households.ts';
import { phoneNumber } from './names.ts';
import { demoMember, personEntries, type DemoPerson } from './people.ts';
import { arrangements } from './story-texts.ts';
import { tellVisit } from './visits.ts';

export function tellArrangements(scene: Scene): Told[] {
	const { desk, doors } = scene;
	const [first, second, third] = desk.members;
	if (first?.name !== demoMember || !second || !third)
		throw new Error('demo-round: told in the demo member’s community alone');
	const of = (member: DemoPerson) =>
		doors.filter((door) => door.member === member && !door.isScripted);
	const [putOff, away] = of(first);
	const [kept, ...rest] = of(second);
	if (!putOff || !away || !kept) throw new Error('demo-round: too few doors');
	return [
		tellOfficePhone(scene),
		tellPutOff(putOff, first, scene),
		tellAway(away, first, scene),
		...tellStandIn(kept, second, first, scene),
		...tellStandInOver(rest.slice(0, 2), third, scene),
		...tellLate(rest[2] ?? kept, scene)
	];
}

function tellOfficePhone({ desk, from }: Scene): Told {
	return tell(from + 9 * HOUR, {
		kind: 'organisation.phone-set.v1',
		record: orgRecord(desk.org),
		org: desk.org,
		by: desk.secretary.id,
		body: { phone: arrangements.officePhone }
	});
}

/** 顺延: this morning, to the day the family is back. */
function tellPutOff(door: Door, by: DemoPerson, { desk, until }: Scene): Told {
	const at = officeMinutesBefore(until, 70);
	const body = { until: addDays(dayOf(at), 5), why: 'away', note: arrangements.putOff };
	return tell(at, about(door, desk.org, by, 'household.postponed.v1', body));
}

/** 未遇 yesterday, and a day named for the next try. */
function tellAway(door: Door, by: DemoPerson, scene: Scene): Told {
	const startedAt = startOfDay(addDays(dayOf(scene.until), -1)) + 16 * HOUR;
	const again = { nextDueOn: addDays(dayOf(scene.until), 2) };
	const visited = { door, by, startedAt, outcome: 'notHome' as const, minutes: 1 };
	const { told } = tellVisit(visited, [], scene);
	const says = told.says.map((each) => ({ ...each, body: { ...each.body, ...again } }));
	return { ...told, says };
}

/** 代班 that runs now: the owner was there before leaving. */
function tellStandIn(door: Door, owner: DemoPerson, to: DemoPerson, scene: Scene): Told[] {
	const { desk, until } = scene;
	const startedAt = startOfDay(addDays(dayOf(until), -2)) + 10 * HOUR;
	const last = { door, by: owner, startedAt, minutes: 15, allWell: true };
	const body = { to: to.id, until: addDays(dayOf(until), 5) };
	return [
		tellVisit(last, [], scene).told,
		tell(startedAt + 6 * HOUR, about(door, desk.org, desk.secretary, 'household.lent.v1', body))
	];
}

/** 代班 that is over: the relay's clock said so after midnight (F4). */
function tellStandInOver(doors: readonly Door[], to: DemoPerson, scene: Scene): Told[] {
	const { desk, until, chance } = scene;
	const lastDay = addDays(dayOf(until), -10);
	const lentAt = deskMoment(addDays(lastDay, -6), chance);
	const body = { to: to.id, until: lastDay };
	const ended: readonly Utterance[] = doors.map(({ record }) => ({
		kind: 'household.lending-ended.v1',
		record,
		org: desk.org,
		body: {}
	}));
	return [
		tell(
			lentAt,
			...doors.map((door) => about(door, desk.org, desk.secretary, 'household.lent.v1', body))
		),
		...ended.map((says, i) => tell(startOfDay(addDays(lastDay, 1)) + (i + 1) * 1_000, says))
	];
}

/** 迟到 (J6): somebody left the community with a visit still on the phone, and reported it afterwards. */
function tellLate(door: Door, scene: Scene): Told[] {
	const { desk, until, from, chance } = scene;
	const left = startOfDay(addDays(dayOf(until), -6)) + 18 * HOUR;
	const leaver: DemoPerson = {
		id: PersonId.parse(chance.id(from)),
		duty: RecordId.parse(chance.id(from)),
		name: arrangements.leaver,
		role: 'member',
		org: desk.org,
		phone: phoneNumber(chance),
		skills: []
	};
	const visited = {
		door,
		by: leaver,
		startedAt: left - DAY - 2 * HOUR,
		minutes: 20,
		words: { changes: arrangements.lateChanges },
		offlineMinutes: (4 * DAY) / MINUTE
	};
	return [
		tell(from + 10 * HOUR, ...personEntries(leaver, chance, from)),
		tell(left, {
			kind: 'duty.ended.v1',
			record: leaver.duty,
			org: desk.org,
			by: desk.secretary.id,
			body: { to: left, reason: arrangements.leaves }
		}),
		tellVisit(visited, [], scene).told
	];
}

function about(
	{ record }: Door,
	org: Utterance['org'],
	by: DemoPerson,
	kind: string,
	body: Utterance['body']
): Utterance {
	return { kind, record, org, by: by.id, body };
}
