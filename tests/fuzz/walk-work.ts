/** What the people of a walk honestly say to one another's doors, visits and demands. Every name in it is said once. */
import { createHash } from 'node:crypto';
import { addDays, dayOf } from '#domain/calendar.ts';
import type { OrgId } from '#domain/ids.ts';
import type { Role } from '#domain/people.ts';
import type { Chance } from '#relay/demo/random.ts';
import type { Draft } from '../support/device.ts';
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

export type Name = keyof typeof people;

export const duties: Readonly<Record<Name, { readonly role: Role; readonly org: OrgId }>> = {
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

/** One commit; answers the ids of its entries, or none where the device knew it to be refused and did not say it. */
export type Says = (who: Name, ...drafts: Draft[]) => Promise<readonly string[]>;

export interface WalkWork {
	/** All names that were ever said. */
	readonly names: readonly string[];
	/** What stands in the register before anybody walks. */
	doors(): Promise<void>;
	/** What was told before the walk. */
	begin(): Promise<void>;
	/** One of them says something. */
	step(): Promise<void>;
}

/** What somebody said of a record and may take back. */
interface SaidOf {
	readonly of: string;
	readonly who: Name;
	/** Absent where it was not said after all. */
	readonly said: string | undefined;
}

const DOORS = 3;
const reason = '更正';

export function walkWork(chance: Chance, says: Says): WalkWork {
	const names: string[] = [];
	const records = { door: [] as string[], visit: [] as string[], demand: [] as string[] };
	const visited: { readonly of: string; readonly who: Name; readonly raised: string[] }[] = [];
	const additions: SaidOf[] = [];
	const changes: SaidOf[] = [];
	const residents: string[] = [];
	const notes: string[] = [];
	const handedUp: string[] = [];
	const ended = new Map<(typeof movable)[number], boolean>();
	let told = 0;

	function name(): string {
		names.push(`名字-${names.length + 1}-完`);
		return names.at(-1) ?? '';
	}

	/** Of a recording that is still on its way. */
	function mediaName(): string {
		names.push(createHash('sha256').update(`recording-${names.length}`).digest('hex'));
		return names.at(-1) ?? '';
	}

	function record(list: string[]): string {
		told += 1;
		list.push(`record-${told}`);
		return `record-${told}`;
	}

	async function registers(who: Name): Promise<void> {
		const home = household(record(records.door), people[chance.pick(field)]);
		const { linkedMember, ...rest } = home.body;
		const isDesk = who === 'secretary' || who === 'worker';
		const body = { ...rest, room: String(100 + told), head: name() };
		await says(who, { ...home, body: isDesk ? { ...body, linkedMember } : body });
	}

	const work: Readonly<Record<string, () => Promise<unknown>>> = {
		door: () => registers(chance.pick([...field, ...desk])),
		visit: () =>
			visits(chance.pick([...field, 'secretary']), {
				outcome: chance.pick(['met', 'met', 'notHome'])
			}),
		visitAndDemand: () => visits(chance.pick(field), {}, record(records.demand)),
		addToVisit: async () => {
			const { of, who } = chance.pick(visited);
			const voiceNotes = chance.is(0.5) ? [{ sha256: mediaName(), seconds: 3 }] : undefined;
			const body = { note: name(), ...(voiceNotes && { voiceNotes }) };
			const [said] = await says(who, { kind: 'visit.added.v1', record: of, body });
			additions.push({ of, who, said });
		},
		dropAddition: async () => {
			if (additions.length === 0) await work.addToVisit?.();
			await takesBack(additions, (added) => ({
				kind: 'visit.addition-dropped.v1',
				body: { added, reason }
			}));
		},
		otherDoorOfVisit: async () => {
			const { of, who, raised } = chance.pick(visited);
			const body = { household: aDoor(), reason };
			await says(
				chance.is(0.5) ? who : chance.pick(desk),
				{ kind: 'visit.corrected.v1', record: of, body },
				...raised.map((each) => ({ kind: 'demand.corrected.v1', record: each, body }))
			);
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
		tellOfDoor: async () => {
			const head = chance.is(0.25) ? null : name();
			const body = chance.pick([
				{ head, reason },
				{ tier: 'high', reason }
			]);
			await says('secretary', { kind: 'household.corrected.v1', record: aDoor(), body });
		},
		tellChange: async () => {
			const who = chance.pick<Name>([...field, 'secretary']);
			const of = aDoor();
			const body = { what: 'other', note: name() };
			const [said] = await says(who, { kind: 'household.changed.v1', record: of, body });
			changes.push({ of, who, said });
		},
		withdrawChange: async () => {
			if (changes.length === 0) await work.tellChange?.();
			await takesBack(changes, (told) => ({
				kind: 'household.change-withdrawn.v1',
				body: { told, reason }
			}));
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

	async function visits(who: Name, told: Record<string, unknown>, ...raised: string[]) {
		const door = aDoor();
		const of = record(records.visit);
		visited.push({ of, who, raised });
		const demands = raised.map((each) => demand(each, { household: door, requester: name() }));
		const seen = visit(of, door, { interviewee: name(), demands: raised, ...told });
		await says(who, ...demands, seen);
	}

	/** Whoever said it takes it back, or the desk does. */
	async function takesBack(
		said: readonly SaidOf[],
		draftOf: (entry: string) => Omit<Draft, 'record'>
	): Promise<void> {
		const one = chance.pick(said);
		const who = chance.is(0.5) ? one.who : chance.pick(desk);
		if (one.said !== undefined) await says(who, { ...draftOf(one.said), record: one.of });
	}

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

	function merge(family: 'demand' | 'household', list: readonly string[]): Promise<unknown> {
		const [one = '', other = ''] = chance.shuffled(list);
		if (chance.is(0.3))
			return says('secretary', { kind: `${family}.unmerged.v1`, record: one, body: { reason } });
		const body = { into: other };
		return says('secretary', { kind: `${family}.merged.v1`, record: one, body });
	}

	return {
		names,
		async doors() {
			for (let i = 0; i < DOORS; i++) await registers('secretary');
		},
		async begin() {
			await work.visitAndDemand?.();
			await work.demand?.();
			if (chance.is(0.5)) await work.escalate?.();
		},
		async step() {
			await work[chance.pick(Object.keys(work))]?.();
		}
	};
}
