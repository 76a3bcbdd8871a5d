/** The life of one demand in the demo district: how it is raised, taken up, worked on and answered. */
import { dayOf, endOfDay, addDays } from '#domain/calendar.ts';
import { RecordId } from '#domain/ids.ts';
import { registrationClocks } from '#domain/kinds/demand-clocks.ts';
import type { Channel } from '#domain/kinds/demand.ts';
import { isDesk } from '#domain/people.ts';
import { defaultSettings, type Category } from '#domain/settings.ts';
import { DAY, HOUR, MINUTE } from '#domain/spans.ts';
import type { Utterance } from '../people/set-up-device.ts';
import { deskMoment, nextOffice, officeMinutesAfter, officeMinutesBefore } from './calendar.ts';
import { declines, spots, type DemandCase, type Matter } from './demand-texts.ts';
import { unitWords, type Door } from './households.ts';
import type { Desk, DemoPerson } from './people.ts';
import type { Chance } from './random.ts';

/** One commit of the story. */
export interface Told {
	readonly at: number;
	readonly receivedAt: number;
	readonly says: readonly Utterance[];
}

/** One community during the time the story covers. */
export interface Scene {
	readonly desk: Desk;
	readonly doors: readonly Door[];
	readonly from: number;
	readonly until: number;
	readonly chance: Chance;
}

/** A demand as it is raised, with what will be said about it. */
export interface Raised extends DemandCase {
	readonly record: RecordId;
	readonly matter: Matter;
	readonly place: string;
	readonly door: Door | null;
	readonly by: DemoPerson;
	readonly channel: Channel;
	readonly at: number;
	readonly receivedAt: number;
	readonly visit?: RecordId;
}

export type Fate =
	/** Taken up and answered, in time or late, as far as the story goes. */
	| 'usual'
	/** Nobody has taken it up yet. */
	| 'waiting'
	/** Taken up, not answered. */
	| 'inHand'
	| 'declined'
	| 'withdrawn'
	| 'voided';

type Asking = Pick<Raised, 'matter' | 'door' | 'by' | 'channel' | 'at'> &
	Partial<Pick<Raised, 'title' | 'visit' | 'place'>>;

/** One of a matter's cases, with its blanks filled. */
export function raise(asking: Asking, { chance, desk }: Scene): Raised {
	const { matter, door, at } = asking;
	const estate = door?.estate ?? chance.pick(desk.plan.estates);
	const spot = chance.pick(spots);
	const unit = door === null ? `${chance.int(1, 6)}栋${chance.int(1, 3)}单元` : unitWords(door);
	const blanks = { estate, spot, unit, days: chance.int(2, 14), floor: chance.int(2, 6) };
	const place = matter.of === 'door' ? `${estate}${unit}` : `${estate}${spot}`;
	const { title, description, note, reply, outcome = 'solved' } = chance.pick(matter.cases);
	return {
		record: RecordId.parse(chance.id(at)),
		title: fill(title, blanks),
		description: fill(description, blanks),
		note,
		reply,
		outcome,
		place,
		receivedAt: at + chance.int(2, 20) * 1000,
		...asking
	};
}

export function registration(raised: Raised, { desk }: Scene): Utterance {
	const { matter, door, by, visit } = raised;
	return {
		kind: 'demand.registered.v1',
		record: raised.record,
		org: desk.org,
		by: by.id,
		body: {
			title: raised.title,
			description: raised.description,
			type: matter.type,
			urgency: matter.urgency ?? 'normal',
			channel: raised.channel,
			place: raised.place,
			...(isDesk(by.role) && { category: matter.category }),
			...(door && { household: door.record, requester: door.head, phone: door.phone }),
			...(visit && { visit })
		}
	};
}

/** Registered by itself, not in a visit. */
export function tellRegistration(raised: Raised, scene: Scene): Told {
	const { at, receivedAt } = raised;
	return { at, receivedAt, says: [registration(raised, scene)] };
}

/**
 * What happens to a demand after it was registered, in the hands of the desk or of a member; what lies beyond the
 * story's end is cut off later.
 */
export function lifeOf(raised: Raised, scene: Scene, fate: Fate, member?: DemoPerson): Told[] {
	const { desk, chance } = scene;
	const { secretary } = desk;
	const handler = chance.pick(desk.handlers);
	const says = (by: DemoPerson, kind: string, body: Utterance['body']): Utterance => ({
		kind,
		record: raised.record,
		org: desk.org,
		by: by.id,
		body
	});
	const takenAt = takenUpAt(raised, scene);
	switch (fate) {
		case 'waiting':
			return [];
		case 'withdrawn': {
			const body = { reason: '居民说已经自己解决了' };
			const at = raised.receivedAt + chance.int(3, 9) * MINUTE;
			return [tell(at, says(raised.by, 'demand.withdrawn.v1', body))];
		}
		case 'voided':
			return [tell(takenAt, says(secretary, 'demand.voided.v1', { reason: '重复录入，作废' }))];
		case 'declined': {
			const [code, reply] = chance.pick(declines);
			return [tell(takenAt, says(secretary, 'demand.declined.v1', { code, reply }))];
		}
		case 'inHand':
		case 'usual': {
			const clerk = chance.is(0.6) ? handler : secretary;
			const { type, urgency = 'normal', category } = raised.matter;
			const whose = member ?? handler;
			const door = member && raised.door;
			const place = door && `${door.estate} ${unitWords(door)}${door.room}`;
			const given = { assignee: whose.id, ...(place ? { place } : {}) };
			const taken = { category, type, urgency, ...given };
			const story = [tell(takenAt, says(clerk, 'demand.accepted.v1', taken))];
			const due = resolveDue(raised, category);
			if (fate === 'inHand' || chance.is(0.3))
				story.push(noteOf(raised, handler, takenAt + chance.int(20, 180) * MINUTE, scene));
			if (fate === 'inHand') return story;
			const { outcome, reply } = raised;
			const at = answeredAt(raised, takenAt, due, scene);
			return [...story, tell(at, says(whose, 'demand.handled.v1', { outcome, reply }))];
		}
	}
}

/** 办理过程: what the desk tried. */
export function noteOf(raised: Raised, by: DemoPerson, at: number, scene: Scene): Told {
	const { desk, chance } = scene;
	return tell(at, {
		kind: 'handling.noted.v1',
		record: RecordId.parse(chance.id(at)),
		org: desk.org,
		by: by.id,
		body: { demand: raised.record, text: raised.note }
	});
}

/** A desk is online: what it says arrives at once. */
export function tell(at: number, ...says: readonly Utterance[]): Told {
	return { at, receivedAt: at + 1_500, says };
}

function resolveDue({ matter, at, receivedAt }: Raised, category: Category): number {
	const { type, urgency = 'normal' } = matter;
	const moment = { receivedAt, at, clockOff: false };
	const { resolveDueAt } = registrationClocks(type, urgency, category, moment, defaultSettings);
	return resolveDueAt ?? at + 5 * DAY;
}

/** A moment in office hours so long ago that a five-day matter raised then is amber now (75 % used). */
export function amberMoment({ until, chance }: Scene): number {
	const moments: number[] = [];
	for (let back = 78 * HOUR; back < 144 * HOUR; back += 37 * MINUTE) {
		const from = until - back;
		const due = endOfDay(addDays(dayOf(from), 5));
		const used = (until - from) / (due - from);
		const isOffice = nextOffice(from, { ...chance, int: () => 1 }, 1) - from < 3 * MINUTE;
		if (isOffice && used > 0.77 && used < 0.97) moments.push(from);
	}
	return moments.length > 0 ? chance.pick(moments) : until - 110 * HOUR;
}

/** A moment so many days ago that a five-day matter raised then is overdue. */
export function overdueMoment({ until, chance }: Scene): number {
	return deskMoment(addDays(dayOf(until), -chance.int(7, 13)), chance);
}

function takenUpAt({ matter, receivedAt }: Raised, { desk, chance }: Scene): number {
	if (matter.urgency === 'emergency') return receivedAt + chance.int(2, 8) * MINUTE;
	if (matter.urgency === 'urgent') return receivedAt + chance.int(8, 50) * MINUTE;
	const isLate = chance.is((1 - desk.plan.diligence) * 0.5);
	const minutes = isLate ? chance.int(130, 420) : chance.int(6, 95);
	return officeMinutesAfter(receivedAt, minutes) + chance.int(0, 50) * 1000;
}

function answeredAt(
	{ matter }: Raised,
	takenAt: number,
	due: number,
	{ desk, chance }: Scene
): number {
	const left = Math.max(due - takenAt, 30 * MINUTE);
	if (matter.urgency !== undefined) return takenAt + left * (0.2 + chance.next() * 0.6);
	if (chance.is((1 - desk.plan.diligence) * 0.6))
		return nextOffice(due + chance.int(3, 60) * HOUR, chance);
	const meant = nextOffice(takenAt + left * (0.08 + chance.next() * 0.6), chance, 120);
	if (meant <= due - 25 * MINUTE) return meant;
	return Math.max(takenAt + 20 * MINUTE, officeMinutesBefore(due, chance.int(25, 240)));
}

function fill(text: string, blanks: Readonly<Record<string, string | number>>): string {
	return text.replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''));
}
