/** The demo member's round and the demo secretary's desk, told by hand so that every screen has something to show. */
import { addDays, dayOf, startOfDay } from '#domain/calendar.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Channel } from '#domain/kinds/demand.ts';
import { MINUTE } from '#domain/spans.ts';
import { deskMoment, officeMinutesBefore } from './calendar.ts';
import {
	amberMoment,
	lifeOf,
	overdueMoment,
	raise,
	tell,
	tellRegistration,
	type Fate,
	type Raised,
	type Scene,
	type Told
} from './demands.ts';
import { knownDoorOf, type Door, type KnownDoor } from './households.ts';
import type { DemoPerson } from './people.ts';
import { tellCourtyard, tellReturn } from './review.ts';
import { tellArrangements } from './round.ts';
import { storyMatters, storyWords, type StoryMatter } from './story-texts.ts';
import { tellTrouble } from './trouble.ts';
import { tellVisit } from './visits.ts';

/** 王素芬's weeks, 郑国华's inbox of this morning, and what the two see as 需要处理 and 有不同版本. */
export function tellStory(scene: Scene): Told[] {
	return [
		...tellRound(scene),
		...tellInboxOfToday(scene),
		...tellOwnDemands(scene),
		...tellGiven({ ...scene, chance: scene.chance.fork('given') }),
		...tellTrouble(scene),
		...tellArrangements({ ...scene, chance: scene.chance.fork('arrangements') })
	];
}

/** How many days ago each known door was visited; the last one makes it overdue, due today, or later. */
const visits: Readonly<Record<KnownDoor, readonly number[]>> = {
	chen: [127, 96, 66, 36],
	wu: [121, 92, 61, 30],
	zhao: [119, 90, 59, 30],
	he: [75, 68, 61, 54, 47, 40, 33, 26, 19, 12, 5],
	sun: [118, 88, 57, 29],
	liu: [63, 56, 49, 42, 35, 28, 21, 14, 7]
};

function tellRound(scene: Scene): Told[] {
	const { until, chance, doors, from } = scene;
	const past = Object.entries(visits).flatMap(([name, days]) => {
		// The table's keys are the known doors.
		const door = knownDoorOf(doors, name as KnownDoor);
		return days.map((ago) => ({ door, day: addDays(dayOf(until), -ago) }));
	});
	const told = past
		.map(({ door, day }) => ({ door, startedAt: startOfDay(day) + chance.int(555, 680) * MINUTE }))
		.filter(({ startedAt }) => startedAt > from)
		.map(({ door, startedAt }) => {
			const visited = { door, by: ownMember(door), startedAt, minutes: chance.int(10, 30) };
			const words = { changes: chance.pick(storyWords.changes) };
			const isWell = chance.is(0.5);
			return tellVisit({ ...visited, allWell: isWell, words: isWell ? {} : words }, [], scene);
		});
	return [
		...told.map((visit) => visit.told),
		...tellSentBack(told, scene),
		tellCourtyard(ownMember(knownDoorOf(doors, 'chen')), scene),
		...tellVisitsOfToday(scene)
	];
}

/** The last of these visits comes back from the desk this morning. */
function tellSentBack(
	visits: readonly { readonly told: Told; readonly record: RecordId }[],
	scene: Scene
): Told[] {
	const last = visits.toSorted((a, b) => a.told.at - b.told.at).at(-1);
	if (last === undefined) return [];
	const at = Math.max(last.told.receivedAt + MINUTE, officeMinutesBefore(scene.until, 50));
	return [tellReturn(last.record, at, scene)];
}

/** Done this morning: one door where all is well, one that asks for help. */
function tellVisitsOfToday(scene: Scene): Told[] {
	const { until, doors } = scene;
	const sun = knownDoorOf(doors, 'sun');
	const liu = knownDoorOf(doors, 'liu');
	const well = { door: sun, by: ownMember(sun), startedAt: officeMinutesBefore(until, 75) };
	const asks = { door: liu, by: ownMember(liu), startedAt: officeMinutesBefore(until, 106) };
	const words = { changes: storyWords.changes[0] };
	const washing = (at: number, visit: RecordId): Raised => {
		const by = { by: ownMember(liu), door: liu, channel: 'visit' as const };
		return raise({ ...storyMatters.washing, ...by, at, visit }, scene);
	};
	return [
		tellVisit({ ...well, minutes: 12, allWell: true }, [], scene).told,
		tellVisit({ ...asks, minutes: 12, words }, [washing], scene).told
	];
}

function tellInboxOfToday(scene: Scene): Told[] {
	const { desk, doors, until } = scene;
	const [worker = desk.secretary] = desk.handlers;
	const chen = knownDoorOf(doors, 'chen');
	const waiting = (
		matter: StoryMatter,
		minutes: number,
		by: DemoPerson,
		channel: Channel,
		door: Door | null = null
	): Told => {
		const at = officeMinutesBefore(until, minutes);
		return tellRegistration(raise({ ...matter, by, channel, door, at }, scene), scene);
	};
	return [
		waiting(storyMatters.garage, 620, worker, 'phone'),
		waiting(storyMatters.stairs, 102, ownMember(chen), 'phone', chen),
		waiting(storyMatters.bikes, 25, worker, 'wechat'),
		waiting(storyMatters.allowance, 10, desk.secretary, 'walkIn'),
		...tellSameLamp(scene)
	];
}

/** 3栋2单元楼道照明报修, in hand since some days: what this morning's lamp may be merged into. */
function tellSameLamp(scene: Scene): Told[] {
	const { desk, doors, until } = scene;
	const chen = knownDoorOf(doors, 'chen');
	const isNear = (door: Door) =>
		door !== chen && door.estate === chen.estate && door.building === '3' && door.unit === '2';
	const door = doors.find(isNear) ?? chen;
	const at = deskMoment(addDays(dayOf(until), -4), scene.chance);
	const [by = desk.secretary] = desk.handlers;
	const lamp = raise({ ...storyMatters.lamp, door, by, channel: 'phone', at }, scene);
	return withLife(lamp, 'inHand', scene);
}

/** The demo member's demands in every state. */
function tellOwnDemands(scene: Scene): Told[] {
	const { desk, doors, until, chance } = scene;
	const raised = (matter: StoryMatter, name: KnownDoor, channel: Channel, at: number): Raised => {
		const door = knownDoorOf(doors, name);
		return raise({ ...matter, door, by: ownMember(door), channel, at }, scene);
	};
	const day = (ago: number) => deskMoment(addDays(dayOf(until), -ago), chance);
	const { entrance, pipe, rail, road, insurance, school, vague, noise } = storyMatters;
	const unclear = raised(vague, 'wu', 'phone', day(18));
	const declined = tell(unclear.receivedAt + 70 * MINUTE, {
		kind: 'demand.declined.v1',
		record: unclear.record,
		org: desk.org,
		by: desk.secretary.id,
		body: { code: 'noSubstance', reply: unclear.reply }
	});
	return [
		...withLife(raised(entrance, 'wu', 'patrol', day(2)), 'inHand', scene),
		...withLife(raised(pipe, 'sun', 'phone', day(9)), 'usual', scene),
		...withLife(raised(rail, 'he', 'walkIn', amberMoment(scene)), 'inHand', scene),
		...withLife(raised(road, 'zhao', 'patrol', overdueMoment(scene)), 'inHand', scene),
		...withLife(raised(insurance, 'he', 'phone', day(33)), 'usual', scene),
		...withLife(raised(school, 'zhao', 'wechat', day(41)), 'usual', scene),
		...withLife(raised(noise, 'chen', 'phone', day(26)), 'usual', scene),
		tellRegistration(unclear, scene),
		declined
	];
}

/** 交我办: what the desk gave the demo member at doors that others look after, one of it late, one answered. */
function tellGiven(scene: Scene): Told[] {
	const { desk, doors, until, chance } = scene;
	const member = ownMember(knownDoorOf(doors, 'chen'));
	const others = doors.filter((door) => !door.isScripted && door.member !== member);
	const [by = desk.secretary] = desk.handlers;
	const given = ({ matter }: StoryMatter, at: number, fate: Fate): Told[] => {
		const door = chance.pick(others);
		const raised = raise({ matter, door, by, channel: 'phone', at }, scene);
		return [tellRegistration(raised, scene), ...lifeOf(raised, scene, fate, member)];
	};
	const day = (ago: number) => deskMoment(addDays(dayOf(until), -ago), chance);
	return [
		...given(storyMatters.medicine, overdueMoment(scene), 'inHand'),
		...given(storyMatters.box, day(2), 'inHand'),
		...given(storyMatters.box, day(24), 'usual')
	];
}

function withLife(raised: Raised, fate: Fate, scene: Scene): Told[] {
	return [tellRegistration(raised, scene), ...lifeOf(raised, scene, fate)];
}

function ownMember({ member }: Door): DemoPerson {
	if (member === null) throw new Error('demo-story: a known door without a member');
	return member;
}
