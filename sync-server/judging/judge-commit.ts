/** Judges one commit inside the open transaction: in order, earlier entries visible, all or nothing (E7). */
import type { Action, Reason } from '#domain/element.ts';
import type { Entry } from '#domain/entry.ts';
import type { Row } from '#domain/family.ts';
import { orgRecord, type PersonId, type RecordId } from '#domain/ids.ts';
import {
	actionFor,
	actorsFor,
	actorsForSetUp,
	actorsOnBehalf,
	judge,
	withNumber,
	type Actors,
	type Received
} from '#domain/judge.ts';
import { familyOf, kindOf } from '#domain/kinds/index.ts';
import { GIVEN_BACK_MS } from '#domain/offer.ts';
import { isField } from '#domain/people.ts';
import type { SettingsInForce } from '#domain/settings.ts';
import type { Receipt } from '#domain/wire.ts';
import { RELAY_DEVICE, RELAY_PERSON } from '../keys.ts';
import type { Effective, Placing } from '../ledgers/place.ts';
import type { Appended } from '../ledgers/write-elements.ts';
import type { Limits } from '../limits.ts';
import { redrawnAt } from '../store/redrawn.ts';
import type { Sql, Stored, StoredRecord, Tx } from '../store/store.ts';
import type { Turn } from '../turns.ts';
import type { Draft } from './directory.ts';
import type { Read } from './verify.ts';

export interface Job {
	readonly reads: readonly Read[];
	/** [E3] When it came, and how far its device's clock was off. */
	readonly received: Received;
}

export type RecordLimits = Pick<Limits, 'entriesPerRecord' | 'bytesPerRecord'>;

/** Of one transaction. */
export interface Bench {
	decide(job: Job, appended: Appended): Promise<readonly Receipt[]>;
}

/** [J1] A family may name at most this many records to look at. */
const READS = 20;

export interface BenchParts {
	readonly tx: Tx;
	readonly placing: Placing;
	/** What the directory comes to be in this transaction. */
	readonly people: Draft;
	/** Says what a broken invariant was, without what was written (logs hold no personal data). */
	readonly onBroken: (entry: string, cause: unknown) => void;
	/** [R4] How much a record may gather. */
	readonly limits: RecordLimits;
	/** Can nothing be promised now? Then it is nobody's entry that is broken. */
	readonly isUnwritable: (cause: unknown) => boolean;
	readonly turn: Turn;
}

type Sound = Extract<Read, { is: 'sound' }>;

/** Rolls a commit back that holds a refused entry. */
class Refused extends Error {}

/** [R6] Or one that may be said over what a restored store still lacks. */
class Missing extends Error {}

const OF_MISSING: readonly (Reason | undefined)[] = [
	'no-such-record',
	'no-such-reference',
	'no-duty'
];

/** What was answered before, for a text or for another text under the same id (E2). */
async function answeredBefore(
	sql: Sql,
	id: string,
	hash: string
): Promise<Receipt | 'other-text' | null> {
	const found = await sql.first<{ hash: string; receipt: string }>(
		'SELECT hash, receipt FROM entry WHERE id = ?',
		id
	);
	if (found === null) return null;
	// Written by `place` and `remember` alone.
	return found.hash === hash ? (JSON.parse(found.receipt) as Receipt) : 'other-text';
}

/** [J1] The record's own row, those its family names, and the organisations it stands in. */
export async function refsOf(
	tx: Stored,
	people: Draft,
	entry: Entry,
	own: Row | null
): Promise<ReadonlyMap<RecordId, Row>> {
	const refs = new Map<RecordId, Row>(own === null ? [] : [[entry.record, own]]);
	const family = familyOf(entry.kind);
	const leant = own === null ? [] : (family?.leansOn?.(own) ?? []);
	const named = [...(family?.reads(entry) ?? []), ...leant].slice(0, READS);
	for (const record of named) {
		const row = people.organisation(record) ?? (await tx.row(record));
		if (row !== null) refs.set(record, row);
	}
	const orgs = [entry.org, refs.get(entry.record)?.org];
	for (const org of orgs) {
		const row = org === undefined ? null : people.organisation(orgRecord(org));
		if (row !== null) refs.set(row.record, row);
	}
	return refs;
}

export function createBench(parts: BenchParts): Bench {
	const { tx, placing } = parts;

	async function decide({ reads, received }: Job, appended: Appended): Promise<readonly Receipt[]> {
		const before: (Receipt | 'other-text' | null)[] = [];
		for (const { entry, hash } of reads)
			before.push(entry && (await answeredBefore(tx, entry.id, hash)));
		if (before.some((answer) => answer !== null) || reads.some(({ is }) => is === 'unsound'))
			return reads.map((read, i) => answerUnsound(read, before[i] ?? null));

		const tried: Appended = new Map();
		const people = parts.people.draft();
		const receipts: Receipt[] = [];
		try {
			await placing.whole(async () => {
				for (const read of reads) {
					if (read.is === 'unsound') throw new Error('judge-commit: an unsound entry');
					const receipt = await decideOne(read, received, people, tried);
					receipts.push(receipt);
					if (receipt.verdict !== 'refused') continue;
					throw (await isOverMissing(read.entry, receipt, received.at))
						? new Missing()
						: new Refused();
				}
			});
		} catch (cause) {
			const last = receipts.at(-1);
			if (cause instanceof Refused && last !== undefined)
				return refuseAll(reads, receipts.length - 1, last, received.at);
			if (cause instanceof Missing) return reads.map(({ entry }) => tryLater(entry));
			if (parts.isUnwritable(cause)) throw cause;
			// J2: what this relay cannot judge never blocks other commits; the device keeps it.
			parts.onBroken(reads[receipts.length]?.entry?.id ?? '', cause);
			return reads.map(({ entry }) => tryLater(entry));
		}
		people.keep();
		merge(tried, appended);
		return receipts;
	}

	/** [R6] A refusal is remembered for good, what a restored store lacks comes back. */
	async function isOverMissing(
		{ record, rev }: Entry,
		{ reason }: Receipt,
		at: number
	): Promise<boolean> {
		const putBackAt = await redrawnAt(tx);
		if (putBackAt === null || at > putBackAt + GIVEN_BACK_MS) return false;
		const stored = await tx.record(record);
		// Of an erased record nothing comes back (A4).
		if (stored !== null && stored.row === null) return false;
		return OF_MISSING.includes(reason) || rev > (stored?.row?.n ?? 0);
	}

	async function decideOne(
		read: Sound,
		received: Job['received'],
		people: Draft,
		appended: Appended
	): Promise<Receipt> {
		const { entry, signed, hash } = read;
		await parts.turn();
		const before = await tx.record(entry.record);
		// [A4] of an erased record nothing is left to speak about
		if (before !== null && before.row === null) return refusal(entry, 'no-such-record');
		const refs = await refsOf(tx, people, entry, before?.row ?? null);
		const settings = people.settings(received.at);
		const actors = await actorsOf(read, received, people, settings);
		const judged = judge(entry, actors, refs, settings, received);
		if (judged.verdict === 'refused') return refusal(entry, judged.reason, judged.action);
		if (judged.verdict === 'later') throw new Error('judge-commit: an unknown kind came through');
		if (isFull(before, judged, entry)) return refusal(entry, 'record-full');
		const receivedAt = received.at;
		const row = before?.row ?? null;
		const placed = { entry, signed, hash, receivedAt, refs, before };
		const item = { ...placed, judged: await numbered(judged, entry, row, receivedAt) };
		return placing.place(item, people, appended);
	}

	/** [R4] What ends a record is taken in any case, and who answers for it can mend what others have filled. */
	function isFull(
		before: StoredRecord | null,
		{ actor, row, verdict }: Effective,
		{ kind }: Entry
	) {
		const { role } = actor;
		const { entriesPerRecord, bytesPerRecord } = parts.limits;
		const times = isField(role) ? 1 : 2;
		const isWithin =
			row.n <= times * entriesPerRecord && (before?.bytes ?? 0) <= times * bytesPerRecord;
		if (isWithin || role === 'clock' || role === 'setUp') return false;
		return verdict === 'noted' || kindOf(kind)?.ends !== true;
	}

	/** [J7] Nothing is drawn for what is refused or noted, so that numbers are continuous. */
	async function numbered(
		judged: Effective,
		entry: Entry,
		row: Row | null,
		receivedAt: number
	): Promise<Effective> {
		if (judged.verdict === 'noted' || judged.numbered === undefined) return judged;
		const { kindClass, org, quarter } = judged.numbered;
		const ofClass = `${kindClass}-${quarter}`;
		const drawn = String(await placing.draw(`${org}-${ofClass}`)).padStart(4, '0');
		const no = `${org.slice(-4)}-${ofClass}-${drawn}`;
		return withNumber(judged, entry, row, { receivedAt, no });
	}

	async function actorsOf(
		{ entry, author }: Sound,
		received: Job['received'],
		people: Draft,
		{ lateDays }: SettingsInForce
	): Promise<Actors> {
		const { onBehalfOf } = entry;
		if (entry.device === RELAY_DEVICE) {
			const other: PersonId = onBehalfOf ?? RELAY_PERSON;
			const realm = { demo: (await tx.meta('demo')) === '1', lateDays };
			return actorsForSetUp(RELAY_PERSON, people.duties(other), entry, received, realm);
		}
		if (author === null) return [];
		const duties = people.duties(author);
		if (onBehalfOf === undefined) return actorsFor(duties, entry, received, { lateDays });
		const theirs = people.duties(onBehalfOf);
		return actorsOnBehalf(duties, theirs, { ...entry, onBehalfOf }, received);
	}

	/** [J2] The refused entry says why, the others that they went with it; all are remembered (E2). */
	async function refuseAll(
		reads: readonly Read[],
		bad: number,
		why: Receipt,
		receivedAt: number
	): Promise<readonly Receipt[]> {
		const receipts: Receipt[] = [];
		for (const [i, { entry, hash }] of reads.entries()) {
			if (entry === null) throw new Error('judge-commit: a refusal without an entry');
			const receipt = i === bad ? why : refusal(entry, 'commit-refused');
			await placing.remember(entry, hash, receivedAt, receipt);
			receipts.push(receipt);
		}
		return receipts;
	}

	return { decide };
}

/** [E5] The relay is too old for the entry, or broken for it: the device keeps it and tries later. */
export function tryLater(entry: Entry | null, reason?: Reason): Receipt {
	return {
		id: entry?.id ?? null,
		verdict: 'later',
		...(reason === undefined ? {} : { reason }),
		action: 'try-later',
		places: []
	};
}

/** Not remembered: whoever garbled a text must not decide the answer of the true one. */
function answerUnsound(read: Read, before: Receipt | 'other-text' | null): Receipt {
	if (before === 'other-text') return refusal(read.entry, 'same-id-other-text');
	if (before !== null) return before;
	return refusal(read.entry, read.is === 'unsound' ? read.reason : 'commit-refused');
}

function refusal(entry: Entry | null, reason: Reason, action?: Action): Receipt {
	return {
		id: entry?.id ?? null,
		verdict: 'refused',
		reason,
		action: action ?? actionFor(reason),
		places: []
	};
}

export function merge(from: Appended, into: Appended): void {
	for (const [ledger, elements] of from) {
		const list = into.get(ledger);
		if (list) list.push(...elements);
		else into.set(ledger, elements);
	}
}
