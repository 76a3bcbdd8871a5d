/**
 * A seeded walk through a district: people of several roles say what they honestly might, on phones that come
 * and go and on links that break, while the relay is stopped and started. Every name in it is said once.
 */
import { addDays, dayOf } from '#domain/calendar.ts';
import type { OrgId } from '#domain/ids.ts';
import type { Role } from '#domain/people.ts';
import type { Syncing } from '#lib/sync/run-sync.ts';
import type { Chance } from '#relay/demo/random.ts';
import type { Draft } from '../support/device.ts';
import { startDistrict, type District } from '../support/district.ts';
import { divided } from '../support/grid-examples.ts';
import {
	accepted,
	COMMUNITY,
	demand,
	DISTRICT,
	household,
	OTHER_COMMUNITY,
	people,
	SUBDISTRICT,
	visit
} from '../support/tell.ts';
import { makePhone, until, type Phone } from '../unit/app/phone.ts';
import { followLedgers, onceMore, type Follower } from './follower.ts';

type Name = keyof typeof people;

const duties: Readonly<Record<Name, { readonly role: Role; readonly org: OrgId }>> = {
	member: { role: 'member', org: COMMUNITY },
	secondMember: { role: 'member', org: COMMUNITY },
	worker: { role: 'communityWorker', org: COMMUNITY },
	secretary: { role: 'communitySecretary', org: COMMUNITY },
	stranger: { role: 'communitySecretary', org: OTHER_COMMUNITY },
	officer: { role: 'subdistrictOfficer', org: SUBDISTRICT },
	district: { role: 'districtOfficer', org: DISTRICT }
};
const field = ['member', 'secondMember'] as const;
const desk = ['secretary', 'worker'] as const;
/** Whose duty may end, and begin again. */
const movable = ['secondMember', 'worker'] as const;

export interface Handset {
	readonly who: Name;
	readonly phone: Phone;
	syncing: Syncing | null;
	/** It has no sockets. */
	readonly polls: boolean;
	/** Its requests get nowhere. */
	isCut: boolean;
}

export interface Walk {
	readonly district: District;
	readonly handsets: readonly Handset[];
	/** Documents that were there from the start and heard of every change as it came. */
	readonly followers: readonly Follower[];
	/** All names that were ever said. */
	readonly names: readonly string[];
	readonly orgs: readonly OrgId[];
	step(): Promise<void>;
	/** Every link is whole, every device has begun anew, and nothing waits to be stored. */
	rest(): Promise<void>;
	end(): Promise<void>;
}

const DOORS = 3;
/** For what must come in the end: a device may be resting between two tries, on a machine that is busy. */
export const PATIENCE_MS = 30_000;

export async function startWalk(chance: Chance): Promise<Walk> {
	const district = await startDistrict();
	const others = ['secondMember', 'worker', 'stranger', 'officer', 'officer', 'district'] as const;
	const handsets: Handset[] = [];
	for (const who of ['member', chance.is(0.5) ? 'secretary' : chance.pick<Name>(others)] as const) {
		const options = { relay: district.relay, person: people[who], ...duties[who] };
		const polls = chance.is(0.25);
		handsets.push({ who, phone: await makePhone(options), syncing: null, polls, isCut: false });
	}
	const followers = [
		followLedgers(district.devices.secretary),
		followLedgers(district.devices.member),
		followLedgers(district.devices.officer)
	];
	const names: string[] = [];
	const records = { door: [] as string[], visit: [] as string[], demand: [] as string[] };
	const residents: string[] = [];
	const notes: string[] = [];
	const handedUp: string[] = [];
	const ended = new Map<(typeof movable)[number], boolean>();
	let told = 0;

	function name(): string {
		names.push(`名字-${names.length + 1}-完`);
		return names.at(-1) ?? '';
	}

	function record(list: string[]): string {
		told += 1;
		list.push(`record-${told}`);
		return `record-${told}`;
	}

	/** On their phone where they have one, with or without a network; else straight to the relay. */
	async function says(who: Name, ...drafts: Draft[]): Promise<void> {
		const handset = handsets.find((each) => each.who === who);
		// What this device already knows to be refused is not said.
		if (handset) return void (await handset.phone.says(drafts.map(asUtterance)));
		const device = district.devices[who];
		const commit = device.commit(...drafts.map((each) => ({ org: duties[who].org, ...each })));
		await onceMore(() => device.handIn(district.relay.url, [commit]));
	}

	const reason = '更正';
	async function registers(who: Name): Promise<void> {
		const home = household(record(records.door), people[chance.pick(field)]);
		const { linkedMember, ...rest } = home.body;
		const isDesk = who === 'secretary' || who === 'worker';
		const body = { ...rest, room: String(100 + told), head: name() };
		await says(who, { ...home, body: isDesk ? { ...body, linkedMember } : body });
	}

	const work: Readonly<Record<string, () => Promise<void>>> = {
		door: () => registers(chance.pick([...field, ...desk])),
		visit: () =>
			says(
				chance.pick([...field, 'secretary']),
				visit(record(records.visit), chance.pick(records.door), {
					interviewee: name(),
					outcome: chance.pick(['met', 'met', 'notHome'])
				})
			),
		visitAndDemand: () => {
			const who = chance.pick(field);
			const door = aDoor();
			const raised = record(records.demand);
			const seen = visit(record(records.visit), door, { interviewee: name(), demands: [raised] });
			return says(who, demand(raised, { household: door, requester: name() }), seen);
		},
		demand: () =>
			says(
				chance.pick([...field, ...desk]),
				demand(record(records.demand), { household: aDoor(), requester: name() })
			),
		otherCommunity: () =>
			says('stranger', { ...demand(record([]), { requester: name() }), org: OTHER_COMMUNITY }),
		correctVisit: () =>
			says(chance.pick([...field, ...desk]), {
				kind: 'visit.corrected.v1',
				record: chance.pick(records.visit),
				body: { interviewee: name(), reason }
			}),
		reviewVisit: () => {
			const kind = chance.pick(['visit.reviewed.v1', 'visit.returned.v1', 'visit.voided.v1']);
			const body = kind === 'visit.reviewed.v1' ? {} : { reason };
			return says(chance.pick(desk), { kind, record: chance.pick(records.visit), body });
		},
		accept: () =>
			says(
				chance.pick(desk),
				accepted(chance.pick(records.demand), { assignee: someone(), place: name() })
			),
		reassign: () => {
			const plan = chance.is(0.3) ? { from: addDays(dayOf(Date.now()), chance.int(0, 2)) } : null;
			const kind = plan === null ? 'demand.reassigned.v1' : 'demand.reassign-planned.v1';
			const body = { assignee: someone(), requester: name(), handedBy: name(), ...plan };
			return says(chance.pick(desk), { kind, record: chance.pick(records.demand), body });
		},
		handle: () =>
			says(chance.pick([...field, ...desk]), {
				kind: 'demand.handled.v1',
				record: chance.pick(records.demand),
				body: { outcome: 'solved', reply: name() }
			}),
		escalate: () => {
			const of = chance.pick(records.demand);
			handedUp.push(of);
			const body = { office: SUBDISTRICT, reason: name() };
			return says('secretary', accepted(of), { kind: 'demand.escalated.v1', record: of, body });
		},
		office: () => says('officer', officeSays()),
		takeAtOffice: () => says('officer', takes(), officeSays()),
		upAndBack: async () => {
			await work.escalate?.();
			await work.takeAtOffice?.();
		},
		note: () =>
			says(chance.pick(desk), {
				kind: 'handling.noted.v1',
				record: record(notes),
				body: { demand: chance.pick(records.demand), text: name() }
			}),
		correctNote: async () => {
			if (notes.length === 0) return;
			await says(chance.pick(desk), {
				kind: 'handling.corrected.v1',
				record: chance.pick(notes),
				body: { text: name(), reason }
			});
		},
		correctAnswer: () =>
			says(chance.pick([...desk, 'officer']), {
				kind: 'demand.answer-corrected.v1',
				record: chance.pick(records.demand),
				body: { reply: name(), reason }
			}),
		correctDemand: () =>
			says(chance.pick([...field, ...desk]), {
				kind: 'demand.corrected.v1',
				record: chance.pick(records.demand),
				body: { requester: name(), reason, ...(chance.is(0.3) ? { household: aDoor() } : null) }
			}),
		mergeDemands: () => merge('demand', records.demand),
		mergeDoors: () => merge('household', records.door),
		closeDemand: () => {
			const kind = chance.pick(['demand.withdrawn.v1', 'demand.voided.v1']);
			return says('secretary', { kind, record: chance.pick(records.demand), body: { reason } });
		},
		resident: () =>
			says(chance.pick(desk), {
				kind: 'resident.registered.v1',
				record: record(residents),
				body: { household: aDoor(), name: name() }
			}),
		moveResident: async () => {
			if (residents.length === 0) return;
			const body = { household: aDoor() };
			await says('secretary', { kind: 'resident.moved.v1', record: chance.pick(residents), body });
		},
		link: () => {
			const member = chance.pick([people.member, people.secondMember, null]);
			// What is planned for today is carried out as it arrives.
			const day = chance.is(0.3) ? addDays(dayOf(Date.now()), chance.int(0, 2)) : null;
			const kind = day === null ? 'household.linked.v1' : 'household.link-planned.v1';
			const body = { member, from: day ?? Date.now() };
			return says('secretary', { kind, record: aDoor(), body });
		},
		dropPlan: () =>
			says('secretary', { kind: 'household.plan-dropped.v1', record: aDoor(), body: {} }),
		lend: () => {
			const until = addDays(dayOf(Date.now()), 3);
			const body = { to: people[chance.pick(field)], until };
			return says('secretary', { kind: 'household.lent.v1', record: aDoor(), body });
		},
		tellOfDoor: () => {
			const head = chance.is(0.25) ? null : name();
			const body = chance.pick([{ head, reason }, { tier: 'high', reason }, { what: 'other' }]);
			const kind = 'what' in body ? 'household.changed.v1' : 'household.corrected.v1';
			return says('secretary', { kind, record: aDoor(), body });
		},
		divide: () => says(chance.pick(desk), divided(name(), [String(chance.int(1, 9))])),
		erase: () => {
			const of = chance.pick([...records.door, ...records.visit, ...records.demand, ...notes]);
			const body = { of, at: COMMUNITY, entries: [chance.int(1, 3)], ground: 'requested' };
			return says('secretary', { kind: 'erasure.ordered.v1', record: record([]), body });
		},
		duty: () => {
			const who = chance.pick(movable);
			const isOver = ended.get(who) ?? false;
			ended.set(who, !isOver);
			if (!isOver) {
				const isMistake = chance.int(0, 3) === 0;
				const kind = isMistake ? 'duty.voided.v1' : 'duty.ended.v1';
				const body = { ...(isMistake ? {} : { to: Date.now() }), reason: '调离' };
				return says('secretary', { kind, record: `duty-${people[who]}`, body });
			}
			const { role, org: at } = duties[who];
			const body = { person: people[who], displayName: '某人', role, at, from: Date.now() };
			return says('secretary', { kind: 'duty.assigned.v1', record: record([]), body });
		}
	};

	function aDoor(): string {
		return chance.pick(records.door);
	}

	/** Whom the desk may make responsible. */
	function someone() {
		return people[chance.pick([...field, ...desk])];
	}

	/** Mostly the one that went up last. */
	function atOffice(): Pick<Draft, 'record' | 'org'> {
		const last = handedUp.at(-1);
		const isLast = last !== undefined && chance.is(0.7);
		return { record: isLast ? last : chance.pick(records.demand), org: SUBDISTRICT };
	}

	function takes(): Draft {
		const assignee = people[chance.pick(['officer', 'district'] as const)];
		return { ...atOffice(), kind: 'demand.taken.v1', body: { assignee } };
	}

	function officeSays(): Draft {
		const said = chance.pick([
			{ kind: 'demand.handed-back.v1', body: { reason: name() } },
			{ kind: 'demand.handled.v1', body: { outcome: 'solved', reply: name() } },
			{ kind: 'demand.reassigned.v1', body: { assignee: people.district } }
		]);
		return { ...atOffice(), ...said };
	}

	function merge(family: 'demand' | 'household', list: readonly string[]): Promise<void> {
		const [one = '', other = ''] = chance.shuffled(list);
		if (chance.is(0.3))
			return says('secretary', { kind: `${family}.unmerged.v1`, record: one, body: { reason } });
		const body = { into: other };
		return says('secretary', { kind: `${family}.merged.v1`, record: one, body });
	}

	function asUtterance({ kind, record: of, body, org }: Draft) {
		return { kind, record: of, body, ...(org === undefined ? {} : { org: org as OrgId }) };
	}

	async function turn(handset: Handset, isOn: boolean): Promise<void> {
		const { syncing, phone } = handset;
		if ((syncing !== null) === isOn) return;
		if (syncing) {
			handset.syncing = null;
			return syncing.stop();
		}
		handset.syncing = phone.syncs(district.relay, {
			noSockets: handset.polls,
			onAsked: () => {
				if (handset.isCut) throw new TypeError('the link is cut');
			}
		});
	}

	const trouble: Readonly<Record<string, () => Promise<void>>> = {
		async phone() {
			const handset = chance.pick(handsets);
			await turn(handset, handset.syncing === null);
		},
		async cut() {
			const handset = chance.pick(handsets);
			handset.isCut = !handset.isCut;
			district.relay.sync.closeDevice(handset.phone.speaker.signer.device);
		},
		async breathe() {
			await new Promise((resolve) => setTimeout(resolve, chance.int(1, 25)));
		},
		async follow() {
			await chance.pick(followers).catchUp(district.relay.url);
		},
		async restart() {
			for (const follower of followers) follower.hangUp();
			await district.restart({ port: district.relay.port });
		}
	};

	for (let i = 0; i < DOORS; i++) await registers('secretary');
	await turn(chance.pick(handsets), true);
	await work.visitAndDemand?.();
	await work.demand?.();
	if (chance.is(0.5)) await work.escalate?.();

	return {
		district,
		handsets,
		followers,
		names,
		orgs: [COMMUNITY, OTHER_COMMUNITY],
		async step() {
			const drawn = chance.next();
			// A restart costs the most time.
			if (drawn < 0.03) return trouble.restart?.();
			if (drawn < 0.35) {
				const kinds = ['phone', 'phone', 'cut', 'breathe', 'follow'];
				return trouble[chance.pick(kinds)]?.();
			}
			return work[chance.pick(Object.keys(work))]?.();
		},
		async rest() {
			for (const handset of handsets) {
				handset.isCut = false;
				await turn(handset, false);
			}
			for (const handset of handsets) await turn(handset, true);
			for (const { phone } of handsets)
				await until(
					() => phone.device.outbox.where('state').notEqual('received').count(),
					(waiting) => waiting === 0,
					PATIENCE_MS
				);
			await district.relay.deliver.settled();
			// Without sockets a phone looks again only after a while, or when it is opened anew.
			for (const handset of handsets.filter(({ polls }) => polls)) {
				await turn(handset, false);
				await turn(handset, true);
			}
		},
		async end() {
			for (const follower of followers) follower.hangUp();
			for (const { phone } of handsets) await phone.close();
			await district.end();
		}
	};
}
