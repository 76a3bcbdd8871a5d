/** What reaches a desk of the demo district by itself, what waits there now, and what went wrong on the way. */
import { addDays, dayOf } from '#domain/calendar.ts';
import { DAY, MINUTE } from '#domain/spans.ts';
import { deskMoment, officeMinutesBefore } from './calendar.ts';
import type { Matter } from './demand-texts.ts';
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
import type { Door } from './households.ts';
import { matterOf } from './matters.ts';
import { fateOf } from './visits.ts';

const deskChannels = ['walkIn', 'phone', 'phone', 'wechat', 'box', 'patrol', 'hotline'] as const;

/** Demands that residents bring to the desk themselves, from the beginning until a moment. */
export function tellWalkIns(scene: Scene, until: number): Told[] {
	const { desk, chance, from } = scene;
	const days = (until - from) / DAY;
	const count = Math.round(desk.plan.households * 0.35);
	return Array.from({ length: count }, () => {
		const at = deskMoment(dayOf(from + chance.next() * days * DAY), chance);
		if (at > until - 10 * MINUTE) return [];
		return tellWhole(brought(at, scene), scene, fateOf(scene));
	}).flat();
}

/** What waits in the inbox now: one past its 签收 moment, one nearly, one or two fresh. */
export function tellInbox(scene: Scene): Told[] {
	const { chance, until } = scene;
	const before = [chance.int(160, 520), chance.int(96, 114), chance.int(8, 50)];
	return before.flatMap((minutes) =>
		tellWhole(brought(officeMinutesBefore(until, minutes), scene, plain), scene, 'waiting')
	);
}

/** What is in hand now and nearly or already out of time. */
export function tellPressing(scene: Scene, counts: { amber: number; overdue: number }): Told[] {
	const amber = Array.from({ length: counts.amber }, () =>
		tellWhole(brought(amberMoment(scene), scene, fiveDays), scene, 'inHand')
	);
	const overdue = Array.from({ length: counts.overdue }, () =>
		tellWhole(brought(overdueMoment(scene), scene, fiveDays), scene, 'inHand')
	);
	return [...amber, ...overdue].flat();
}

/** Two neighbours speak of the same thing: the later one is merged into the first. */
export function tellMergedPair(daysAgo: number, scene: Scene): Told[] {
	const { chance, desk, doors, until } = scene;
	const first = chance.pick(doors.filter(({ isScripted }) => !isScripted));
	const near = doors.find((door) => door !== first && isNextDoor(door, first)) ?? first;
	const at = deskMoment(addDays(dayOf(until), -daysAgo), chance);
	const matter = matterOf(at, chance, (each) => plain(each) && each.of === 'door');
	const { secretary } = desk;
	const by = { by: secretary, channel: 'phone' as const, matter };
	const one = raise({ ...by, door: first, at }, scene);
	const later = Math.min(at + chance.int(60, 240) * MINUTE, until - 30 * MINUTE);
	const other = raise({ ...by, door: near, at: later, title: one.title, place: one.place }, scene);
	const merged = tell(later + 12 * MINUTE, {
		kind: 'demand.merged.v1',
		record: other.record,
		org: desk.org,
		by: secretary.id,
		body: { into: one.record }
	});
	const life = lifeOf(one, scene, 'usual').map((told) => notBefore(told, later + 20 * MINUTE));
	return [tellRegistration(one, scene), tellRegistration(other, scene), merged, ...life];
}

/** Secretary and worker take up the same demand at once: the second entry is true, but moves nothing (J3). */
export function tellBothTakeUp(daysAgo: number, scene: Scene): Told[] {
	const { chance, desk, until } = scene;
	const raised = brought(deskMoment(addDays(dayOf(until), -daysAgo), chance), scene, plain);
	const life = lifeOf(raised, scene, 'inHand');
	const [taken] = life;
	const [says] = taken?.says ?? [];
	if (taken === undefined || says === undefined) throw new Error('demo-desk: nobody took it up');
	const again = { ...says, by: desk.secretary.id, unseen: 1 };
	const first = { ...says, by: chance.pick(desk.handlers).id };
	const twice = [
		{ ...taken, says: [first] },
		{ at: taken.at + 40_000, receivedAt: taken.receivedAt + 45_000, says: [again] }
	];
	return [tellRegistration(raised, scene), ...twice, ...life.slice(1)];
}

/** A demand that somebody brought to the desk. */
export function brought(
	at: number,
	scene: Scene,
	isFit: (matter: Matter) => boolean = () => true
): Raised {
	const { chance, desk, doors } = scene;
	const matter = matterOf(at, chance, isFit);
	const door: Door | null =
		matter.of === 'door' || chance.is(0.5)
			? chance.pick(doors.filter(({ isScripted }) => !isScripted))
			: null;
	const clerk = chance.is(0.7) ? chance.pick(desk.handlers) : desk.secretary;
	const channel = chance.pick(deskChannels);
	return raise({ matter, door, by: clerk, channel, at }, scene);
}

export function tellWhole(raised: Raised, scene: Scene, fate: Fate): Told[] {
	return [tellRegistration(raised, scene), ...lifeOf(raised, scene, fate)];
}

/** Neither pressing nor on a clock of hours. */
export function plain({ urgency, category, type }: Matter): boolean {
	return urgency === undefined && category !== 'utilities' && type !== 'consult';
}

function fiveDays(matter: Matter): boolean {
	return plain(matter) && (matter.type === 'help' || matter.type === 'suggestion');
}

function isNextDoor(door: Door, other: Door): boolean {
	return door.estate === other.estate && door.building === other.building;
}

function notBefore(told: Told, moment: number): Told {
	const late = Math.max(0, moment - told.at);
	return { ...told, at: told.at + late, receivedAt: told.receivedAt + late };
}
