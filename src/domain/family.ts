/**
 * What one record type is: its kinds, its row, where it lives, what leaves the community about it.
 * A family file says all of it; relay, sync, outbox and rows read it from the registry alone.
 */
import type { z } from 'zod';
import type { FactBody, Given, Head, Reason } from './element.ts';
import type { Entry, Said } from './entry.ts';
import type { EntryId, Instant, OrgId, PersonId, RecordId } from './ids.ts';
import type { LedgerName, Period } from './ledgers.ts';
import type { MediaName } from './media.ts';
import type { Actor } from './people.ts';
import type { SettingsInForce } from './settings.ts';

/** [E4] Two values of one field that did not see each other: the later received stands. */
export interface Conflict {
	readonly field: string;
	readonly stands: unknown;
	readonly standsBy: PersonId;
	readonly other: unknown;
	readonly otherBy: PersonId;
	readonly at: Instant;
}

/** What every row has; families add their own fields. */
export interface Row {
	readonly record: RecordId;
	readonly family: string;
	/** The organisation the record belongs to. */
	readonly org: OrgId;
	readonly period: Period;
	/** [L2] The last ordinal folded. */
	readonly n: number;
	readonly createdBy: PersonId;
	/** The author's clock, corrected by the offset when 时钟异常. */
	readonly createdAt: Instant;
	readonly receivedAt: Instant;
	readonly updatedAt: Instant;
	readonly no?: string | undefined;
	/** 时钟异常 on the first entry. */
	readonly clockOff?: boolean | undefined;
	/** [J6] 迟到: its author's duty had ended when the first entry arrived. */
	readonly late?: true | undefined;
	/** [J6] The entries that a desk said anew. */
	readonly adopted?: readonly EntryId[] | undefined;
	/** 封存: kept because it must be, and no longer worked with (`retention.ts`). */
	readonly restrictedAt?: Instant | undefined;
	/** Who last wrote each corrected field, to tell a conflict (E4). */
	readonly wrote?:
		Readonly<Record<string, { n: number; device: string; by: PersonId }>> | undefined;
	readonly conflicts?: readonly Conflict[] | undefined;
}

/** The rows a judge may look at besides the record's own (J1), by record id. */
export type Refs = ReadonlyMap<RecordId, Row>;

/** What is known of an entry once judged; for a pending entry the device fills in its own guess. */
export interface Stamp {
	readonly n: number;
	readonly device: string;
	readonly receivedAt: Instant;
	/** `at`, corrected by the offset when 时钟异常 (E3). */
	readonly at: Instant;
	readonly actor: Actor;
	readonly given: Given;
}

/** [J3] Authentic and allowed, but without effect. */
export interface Noted {
	readonly noted: Reason;
}

/** One kind of entry of a family. */
export interface Kind<R extends Row, Body> {
	readonly body: z.ZodType<Body>;
	/** [R4] It ends what must not stay open, however many entries its record has. */
	readonly ends?: true;
	/** Class of the official number drawn on acceptance: ZF 走访, SQ 诉求 … */
	readonly numbered?: string;
	/** May this actor say this of this record? A reason refuses (J2). */
	may(actor: Actor, said: Said<Body>, row: R | null, refs: Refs): true | Reason;
	/** When what it tells of took place, where that is not when it was said. */
	happenedAt?(said: Said<Body>): Instant;
	/** [J7] Due moments and the like, fixed when judged. */
	given?(said: Said<Body>, row: R | null, moment: Moment, settings: SettingsInForce): Given;
	/** The next row, or why nothing happens (J3). Pure, never throws. */
	apply(row: R | null, said: Said<Body>, stamp: Stamp): R | Noted;
}

/** The clocks of one judgement (E3). */
export interface Moment {
	readonly receivedAt: Instant;
	/** `at`, corrected when the device's clock is more than 10 minutes off. */
	readonly at: Instant;
	readonly clockOff: boolean;
}

/** [A4] Entries of one record, by their ordinals, or all that there are. */
export interface Erasing {
	readonly record: RecordId;
	readonly entries: readonly number[] | 'all';
}

/** A kind with its types erased: bodies are parsed inside, rows are the family's own. */
export interface AnyKind {
	readonly ends: boolean;
	readonly numbered?: string | undefined;
	readonly parses: (entry: Entry) => boolean;
	readonly may: (actor: Actor, entry: Entry, row: Row | null, refs: Refs) => true | Reason;
	readonly happenedAt: (entry: Entry) => Instant;
	readonly given: (
		entry: Entry,
		row: Row | null,
		moment: Moment,
		settings: SettingsInForce
	) => Given;
	readonly apply: (row: Row | null, entry: Entry, stamp: Stamp) => Row | Noted;
}

/** [F4] An entry that only the passing of time calls for. */
export interface Passed {
	readonly kind: string;
	readonly body: Readonly<Record<string, unknown>>;
}

/** One sort of record: where it lives, who reads it, and what may be said of it. */
export interface Family {
	readonly name: string;
	/** [L3] Long-lived families stand; others live in the quarter of their first entry. */
	readonly storage: 'period' | 'standing';
	readonly kinds: Readonly<Record<string, AnyKind>>;
	/** Records the judge needs besides the entry's own; at most 20. */
	readonly reads: (entry: Entry) => readonly RecordId[];
	/** [A1] The records besides its own that say where a record lives: a resident's household. */
	readonly leansOn?: (row: Row) => readonly RecordId[];
	/** [R8] The photos, signatures and voice notes an entry names. */
	readonly media?: (entry: Entry) => readonly MediaName[];
	/** [A1] In which ledgers the record lives. */
	readonly audience: (row: Row, refs: Refs) => readonly LedgerName[];
	/** [A4] The texts that this record orders to be erased. */
	readonly erases?: (row: Row) => Erasing | null;
	/** What the record's readers write together, and whether an entry has ended that. */
	readonly shared?: (row: Row, refs: Refs) => 'open' | 'frozen';
	/** [A3] What leaves the community of it: codes, days and counts, under a pseudonym that the relay draws. */
	readonly fact?: (row: Row) => FactBody;
	/** [F4] What the relay's clock has to say of a record, once a moment named in its row has passed. */
	readonly passed?: (row: Row, now: Instant) => Passed | null;
	/** Fields the app's database indexes, besides record, family, org and updatedAt. */
	readonly indexes: (row: Row) => Indexes;
}

/** Values the app's row table is indexed by; every family uses the same few columns. */
export interface Indexes {
	/** State code, for queues and filters. */
	readonly state?: string;
	/** The person the row is about or belongs to. */
	readonly person?: string;
	/** The record this one hangs on: a visit's household, a demand's visit. */
	readonly on?: string;
	/** Sort key within family and state; larger is later. */
	readonly sort?: number;
	/** Words to search by. */
	readonly words?: readonly string[];
	/** Names of people: found by their characters and by the initials of their pinyin. */
	readonly names?: readonly string[];
}

/** Closes over a kind's types. Rows passed back in were made by the same family's `apply`. */
export function kind<R extends Row, Body>(spec: Kind<R, Body>): AnyKind {
	// An entry is asked about many times while it is judged and folded; it is parsed once.
	const parsed = new WeakMap<Entry['body'], z.ZodSafeParseResult<Body>>();
	function parse({ body }: Entry): z.ZodSafeParseResult<Body> {
		const result = parsed.get(body) ?? spec.body.safeParse(body);
		parsed.set(body, result);
		return result;
	}
	function said(entry: Entry): Said<Body> {
		const { data, error } = parse(entry);
		if (error !== undefined) throw error;
		return { ...entry, body: data };
	}
	// A family's rows come only from its own kinds' `apply`, so the row of its record is an R.
	const own = (row: Row | null) => row as R | null;
	return {
		ends: spec.ends === true,
		numbered: spec.numbered,
		parses: (entry) => parse(entry).success,
		may: (actor, entry, row, refs) => spec.may(actor, said(entry), own(row), refs),
		happenedAt: (entry) => {
			const isSound = spec.happenedAt !== undefined && parse(entry).success;
			return isSound ? (spec.happenedAt?.(said(entry)) ?? entry.at) : entry.at;
		},
		given: (entry, row, moment, settings) =>
			spec.given?.(said(entry), own(row), moment, settings) ?? {},
		apply(row, entry, stamp) {
			const { adopts } = entry;
			if (adopts === undefined) return spec.apply(own(row), said(entry), stamp);
			// [J6] two devices of a desk may say the same anew: it counts once
			const adopted = row?.adopted ?? [];
			if (adopted.includes(adopts.entry)) return { noted: 'already-exists' };
			const next = spec.apply(own(row), said(entry), stamp);
			return isNoted(next) ? next : { ...next, adopted: [...adopted, adopts.entry] };
		}
	};
}

export function isNoted(result: Row | Noted): result is Noted {
	return 'noted' in result;
}

/** The fields every first entry gives its row. */
export function firstRow(
	family: string,
	{ record }: Pick<Entry, 'record'>,
	org: OrgId,
	stamp: Stamp
): Row {
	return {
		record,
		family,
		org,
		period: stamp.given.period ?? 'standing',
		n: stamp.n,
		createdBy: stamp.actor.person,
		createdAt: stamp.at,
		receivedAt: stamp.receivedAt,
		updatedAt: stamp.receivedAt,
		...(stamp.given.no === undefined ? {} : { no: stamp.given.no }),
		...(stamp.given.offset === undefined ? {} : { clockOff: true }),
		...(stamp.actor.late === undefined ? {} : { late: stamp.actor.late })
	};
}

/** What the stamp of an element in a ledger is. */
export function stampOf(
	head: Pick<Head, 'n' | 'receivedAt' | 'actor' | 'given'>,
	entry: Pick<Entry, 'at' | 'device'>
): Stamp {
	return {
		n: head.n,
		device: entry.device,
		receivedAt: head.receivedAt,
		at: entry.at + (head.given.offset ?? 0),
		actor: head.actor,
		given: head.given
	};
}
