/**
 * Stories for tests of the domain: a naive in-memory relay that judges, folds and places entries with
 * the domain's own functions. It is also the oracle the real relay is compared with.
 */
import type { Given, Head } from '#domain/element.ts';
import { Entry, type Entry as EntryType } from '#domain/entry.ts';
import { fold, type HistoryLine } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import { DeviceId, EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import {
	actorsFor,
	actorsForSetUp,
	actorsOnBehalf,
	judge,
	withNumber,
	type Actors,
	type Judgement
} from '#domain/judge.ts';
import { dutyOf, isDuty } from '#domain/kinds/duty.ts';
import { familyNamed } from '#domain/kinds/index.ts';
import { dayOf } from '#domain/calendar.ts';
import {
	SETTINGS_RECORD,
	settingsInForce,
	type SettingsInForce,
	type SettingsRow
} from '#domain/settings.ts';
import type { Role } from '#domain/people.ts';

/** Tuesday 2026-11-24, 09:00 in Shanghai. */
export const MORNING = Date.UTC(2026, 10, 24, 1, 0, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const DISTRICT = OrgId.parse('990100000000');
export const SUBDISTRICT = OrgId.parse('990101000000');
export const COMMUNITY = OrgId.parse('990101001000');
export const OTHER_COMMUNITY = OrgId.parse('990101002000');
export const RELAY_PERSON = PersonId.parse('relay');

export interface Element {
	readonly head: Head;
	readonly entry: EntryType;
}

export interface Said {
	readonly kind: string;
	readonly record: string;
	readonly body: Record<string, unknown>;
	readonly org?: OrgId;
	readonly at?: number;
	readonly rev?: number;
	readonly device?: string;
	readonly id?: string;
	readonly onBehalfOf?: PersonId;
	readonly adopts?: EntryType['adopts'];
}

/** A UUIDv7-shaped id from a counter, in order. */
export function idFrom(counter: number): EntryId {
	const hex = counter.toString(16).padStart(12, '0');
	return EntryId.parse(`${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${hex}`);
}

export class World {
	now = MORNING;
	offset = 0;
	demo = true;
	readonly rows = new Map<RecordId, Row>();
	readonly ledgers = new Map<string, Element[]>();
	/** Every record's elements, wherever they are. */
	readonly told = new Map<RecordId, Element[]>();
	readonly readers = new Map<RecordId, readonly string[]>();
	readonly history: HistoryLine[] = [];
	#counter = 0;
	#numbers = new Map<string, number>();

	/** Makes an entry as `person` would sign it. */
	entry(person: PersonId, said: Said): EntryType {
		const id = said.id ?? this.newId();
		return Entry.parse({
			v: 1,
			realm: 'realm-of-tests',
			id,
			commit: { id, i: 0, of: 1 },
			kind: said.kind,
			record: said.record,
			org: said.org ?? COMMUNITY,
			device: DeviceId.parse(said.device ?? `device-of-${person}`),
			at: said.at ?? this.now,
			rev: said.rev ?? this.rows.get(RecordId.parse(said.record))?.n ?? 0,
			salt: 'AAAAAAAAAAAAAAAAAAAAAA',
			...(said.onBehalfOf === undefined ? {} : { onBehalfOf: said.onBehalfOf }),
			...(said.adopts === undefined ? {} : { adopts: said.adopts }),
			body: said.body
		});
	}

	newId(): EntryId {
		this.#counter += 1;
		return idFrom(this.#counter);
	}

	/** Judges an entry, and if it enters a ledger, folds and places it. */
	hears(person: PersonId, entry: EntryType): Judgement {
		const received = { at: this.now, offset: this.offset };
		const settings = this.settings();
		const actors = this.actors(person, entry);
		const judgement = this.#numbered(entry, judge(entry, actors, this.rows, settings, received));
		if (judgement.verdict === 'accepted' || judgement.verdict === 'noted')
			this.#place(entry, judgement.verdict, judgement);
		return judgement;
	}

	#numbered(entry: EntryType, judged: Judgement): Judgement {
		if (judged.verdict !== 'accepted' || judged.numbered === undefined) return judged;
		const { kindClass, org, quarter } = judged.numbered;
		const key = `${org}-${kindClass}-${quarter}`;
		const next = (this.#numbers.get(key) ?? 0) + 1;
		this.#numbers.set(key, next);
		const no = `${org.slice(-4)}-${kindClass}-${quarter}-${String(next).padStart(4, '0')}`;
		const row = this.rows.get(entry.record) ?? null;
		return withNumber(judged, entry, row, { receivedAt: this.now, no });
	}

	says(person: PersonId, said: Said): Judgement {
		return this.hears(person, this.entry(person, said));
	}

	later(ms: number): this {
		this.now += ms;
		return this;
	}

	row<R extends Row>(record: string): R {
		const row = this.rows.get(RecordId.parse(record));
		if (!row) throw new Error(`tell: no row of ${record}`);
		// The caller names the family it just told of.
		return row as R;
	}

	private settings(): SettingsInForce {
		const row = this.rows.get(RecordId.parse(SETTINGS_RECORD));
		// The settings record holds a settings row or nothing.
		return settingsInForce((row as SettingsRow | undefined) ?? null, dayOf(this.now));
	}

	private actors(person: PersonId, entry: EntryType): Actors {
		const received = { at: this.now, offset: this.offset };
		const { lateDays } = this.settings();
		const { onBehalfOf } = entry;
		const of = (whom: PersonId) =>
			[...this.rows.values()]
				.filter(isDuty)
				.map(dutyOf)
				.filter((duty) => duty.person === whom);
		if (person === RELAY_PERSON) {
			const realm = { demo: this.demo, lateDays };
			return actorsForSetUp(RELAY_PERSON, of(onBehalfOf ?? person), entry, received, realm);
		}
		if (onBehalfOf === undefined) return actorsFor(of(person), entry, received, { lateDays });
		return actorsOnBehalf(of(person), of(onBehalfOf), { ...entry, onBehalfOf }, received);
	}

	#place(
		entry: EntryType,
		verdict: 'accepted' | 'noted',
		judged: Extract<Judgement, { row: Row }>
	): void {
		const given: Given = judged.given;
		const head: Head = {
			seq: 1,
			n: judged.row.n,
			id: entry.id,
			kind: entry.kind,
			record: entry.record,
			device: entry.device,
			receivedAt: this.now,
			verdict,
			...(judged.verdict === 'noted' ? { reason: judged.reason } : {}),
			actor: judged.actor,
			given,
			textHash: '',
			chain: '',
			tag: ''
		};
		const before = this.rows.get(entry.record) ?? null;
		const { row, line } = fold(before, head, entry);
		if (row === null) throw new Error('tell: an entry without a row');
		if (line) this.history.push(line);
		this.rows.set(entry.record, row);
		const newest = { head, entry };
		this.told.set(entry.record, [...(this.told.get(entry.record) ?? []), newest]);
		this.#settle(row, newest);
	}

	/** [A1] Brings a record to its readers, and after it what leans on it. What left stays in `ledgers`. */
	#settle(row: Row, newest: Element | null): void {
		const family = familyNamed(row.family);
		if (!family) throw new Error('tell: a row of no family');
		const held = this.readers.get(row.record) ?? [];
		const audience = family.audience(row, this.rows);
		this.readers.set(row.record, audience);
		const told = this.told.get(row.record) ?? [];
		for (const ledger of audience) {
			const elements = this.ledgers.get(ledger) ?? [];
			const fresh = held.includes(ledger) ? told.filter((each) => each === newest) : told;
			for (const { head, entry } of fresh)
				elements.push({ head: { ...head, seq: elements.length + 1 }, entry });
			this.ledgers.set(ledger, elements);
		}
		if (held.length === 0 || held.join() === audience.join()) return;
		for (const other of this.rows.values())
			if (familyNamed(other.family)?.leansOn?.(other).includes(row.record))
				this.#settle(other, null);
	}
}

/** A district, a sub-district, two communities, and one person for each duty. */
export function foundedWorld(): World & { people: typeof people } {
	const world = new World();
	const asSetUp = (said: Said) => {
		const judgement = world.says(RELAY_PERSON, { org: DISTRICT, ...said });
		if (judgement.verdict !== 'accepted')
			throw new Error(`tell: founding was ${JSON.stringify(judgement)}`);
	};
	const unit = (code: OrgId, name: string, level: string, parent?: OrgId) =>
		asSetUp({ kind: 'organisation.created.v1', record: code, body: { name, level, parent } });
	unit(DISTRICT, '兰桥区', 'district');
	unit(SUBDISTRICT, '柳浦街道', 'subdistrict', DISTRICT);
	unit(COMMUNITY, '梧桐里社区', 'community', SUBDISTRICT);
	unit(OTHER_COMMUNITY, '书院社区', 'community', SUBDISTRICT);
	const duty = (person: PersonId, role: Role, at: OrgId) => {
		asSetUp({
			kind: 'person.registered.v1',
			record: person,
			body: { name: `某${role}`, home: at }
		});
		asSetUp({
			kind: 'duty.assigned.v1',
			record: `duty-${person}`,
			body: { person, displayName: `某${role}`, role, at, from: MORNING - 365 * DAY }
		});
	};
	duty(people.member, 'member', COMMUNITY);
	duty(people.secondMember, 'member', COMMUNITY);
	duty(people.secretary, 'communitySecretary', COMMUNITY);
	duty(people.worker, 'communityWorker', COMMUNITY);
	duty(people.stranger, 'communitySecretary', OTHER_COMMUNITY);
	duty(people.officer, 'subdistrictOfficer', SUBDISTRICT);
	duty(people.district, 'districtOfficer', DISTRICT);
	return Object.assign(world, { people });
}

export const people = {
	member: PersonId.parse('p-member'),
	secondMember: PersonId.parse('p-member-2'),
	secretary: PersonId.parse('p-secretary'),
	worker: PersonId.parse('p-worker'),
	stranger: PersonId.parse('p-stranger'),
	officer: PersonId.parse('p-officer'),
	district: PersonId.parse('p-district')
};

export function household(record: string, linkedMember: PersonId = people.member): Said {
	return {
		kind: 'household.registered.v1',
		record,
		body: {
			estate: '梧桐里小区',
			building: '3',
			unit: '2',
			room: '501',
			head: '某户主',
			linkedMember
		}
	};
}

export function visit(record: string, door: string, body: Record<string, unknown> = {}): Said {
	return {
		kind: 'visit.recorded.v1',
		record,
		body: {
			household: door,
			outcome: 'met',
			mode: 'home',
			startedAt: MORNING,
			demands: [],
			...body
		}
	};
}

export function demand(record: string, body: Record<string, unknown> = {}): Said {
	return {
		kind: 'demand.registered.v1',
		record,
		body: {
			title: '楼道灯不亮',
			description: '二单元的灯坏了一周',
			type: 'help',
			urgency: 'normal',
			channel: 'visit',
			...body
		}
	};
}

export function accepted(record: string, body: Record<string, unknown> = {}): Said {
	return {
		kind: 'demand.accepted.v1',
		record,
		body: {
			category: 'lighting',
			type: 'help',
			urgency: 'normal',
			assignee: people.worker,
			...body
		}
	};
}
