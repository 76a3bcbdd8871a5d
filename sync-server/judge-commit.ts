/** Judges one commit inside the open transaction: in order, earlier entries visible, all or nothing (E7). */
import type { Action, Reason } from '#domain/element.ts';
import type { Entry } from '#domain/entry.ts';
import type { Row } from '#domain/family.ts';
import { OrgId, orgRecord, type PersonId, type RecordId } from '#domain/ids.ts';
import {
	actionFor,
	actorsFor,
	actorsForSetUp,
	actorsOnBehalf,
	judge,
	type Actors,
	type Received
} from '#domain/judge.ts';
import { familyOf } from '#domain/kinds/index.ts';
import type { Receipt } from '#domain/wire.ts';
import type { Directory } from './directory.ts';
import { RELAY_DEVICE, RELAY_PERSON } from './keys.ts';
import type { Placing } from './place.ts';
import { first, type Store } from './store-sqlite.ts';
import type { Devices, Read } from './verify.ts';
import type { Appended } from './write-elements.ts';

export interface Job {
	readonly reads: readonly Read[];
	/** [E3] When it came, and how far its device's clock was off. */
	readonly received: Pick<Received, 'at' | 'offset'>;
}

export interface Bench {
	/** Must run inside a transaction that `placing.begin()` opened. */
	decide(job: Job, appended: Appended): readonly Receipt[];
	/** What was answered before, for a text or for another text under the same id (E2). */
	known(id: string, hash: string): Receipt | 'other-text' | null;
}

/** [J1] A family may name at most this many records to look at. */
const READS = 20;

export interface BenchParts {
	readonly store: Store;
	readonly placing: Placing;
	readonly directory: Directory;
	readonly devices: Devices;
	/** Says what a broken invariant was, without what was written (logs hold no personal data). */
	readonly onBroken: (entry: string, cause: unknown) => void;
}

export function createBench(parts: BenchParts): Bench {
	const { store, placing, directory, devices } = parts;
	const knownEntry = store.db.prepare('SELECT hash, receipt FROM entry WHERE id = ?');

	function known(id: string, hash: string): Receipt | 'other-text' | null {
		const found = first<{ hash: string; receipt: string }>(knownEntry, id);
		if (found === null) return null;
		// Written by `place` and `remember` alone.
		return found.hash === hash ? (JSON.parse(found.receipt) as Receipt) : 'other-text';
	}

	function decide({ reads, received }: Job, appended: Appended): readonly Receipt[] {
		const before = reads.map(({ entry, hash }) => (entry ? known(entry.id, hash) : null));
		if (before.some((answer) => answer !== null) || reads.some(({ is }) => is === 'unsound'))
			return reads.map((read, i) => answerUnsound(read, before[i] ?? null));

		const tried: Appended = new Map();
		const receipts: Receipt[] = [];
		store.db.exec('SAVEPOINT whole_commit');
		try {
			for (const read of reads) {
				if (read.is === 'unsound') throw new Error('judge-commit: an unsound entry');
				const receipt = decideOne(read, received, tried);
				receipts.push(receipt);
				if (receipt.verdict === 'refused') break;
			}
		} catch (cause) {
			undo();
			if (isOfTheDisk(cause)) throw cause;
			// J2: what this relay cannot judge never blocks other commits; the device keeps it.
			parts.onBroken(reads[receipts.length]?.entry?.id ?? '', cause);
			return reads.map(({ entry }) => tryLater(entry));
		}
		const last = receipts.at(-1);
		if (last?.verdict === 'refused') {
			undo();
			return refuseAll(reads, receipts.length - 1, last, received.at);
		}
		store.db.exec('RELEASE whole_commit');
		merge(tried, appended);
		return receipts;
	}

	function decideOne(
		read: Extract<Read, { is: 'sound' }>,
		received: Job['received'],
		appended: Appended
	): Receipt {
		const { entry, signed, hash } = read;
		// [A4] of an erased record nothing is left to speak about
		if (store.isErased(entry.record)) return refusal(entry, 'no-such-record');
		const refs = refsOf(entry);
		const judged = judge(entry, actorsOf(entry, received), refs, directory.settings(received.at), {
			...received,
			number: (kindClass, org, quarter) => {
				const series = `${org.slice(-4)}-${kindClass}-${quarter}`;
				const n = placing.draw(`${org}-${kindClass}-${quarter}`);
				return `${series}-${String(n).padStart(4, '0')}`;
			}
		});
		if (judged.verdict === 'refused') return refusal(entry, judged.reason, judged.action);
		if (judged.verdict === 'later') throw new Error('judge-commit: an unknown kind came through');
		const receivedAt = received.at;
		const receipt = placing.place({ entry, signed, hash, judged, receivedAt, refs }, appended);
		directory.touched(judged.row.family);
		return receipt;
	}

	/** [J1] The record's own row, those its family names, and the organisations it stands in. */
	function refsOf(entry: Entry): ReadonlyMap<RecordId, Row> {
		const refs = new Map<RecordId, Row>();
		const family = familyOf(entry.kind);
		const own = store.row(entry.record);
		const leant = own === null ? [] : (family?.leansOn?.(own) ?? []);
		const named = [...(family?.reads(entry) ?? []), ...leant].slice(0, READS);
		for (const record of [entry.record, ...named]) {
			const row = directory.organisation(record) ?? store.row(record);
			if (row !== null) refs.set(record, row);
		}
		const orgs = [entry.org, refs.get(entry.record)?.org];
		for (const org of orgs) {
			const row = org === undefined ? null : directory.organisation(orgRecord(OrgId.parse(org)));
			if (row !== null) refs.set(row.record, row);
		}
		return refs;
	}

	function actorsOf(entry: Entry, received: Job['received']): Actors {
		const { lateDays } = directory.settings(received.at);
		const { onBehalfOf } = entry;
		if (entry.device === RELAY_DEVICE) {
			const other: PersonId = onBehalfOf ?? RELAY_PERSON;
			const realm = { demo: store.meta('demo') === '1', lateDays };
			return actorsForSetUp(RELAY_PERSON, directory.duties(other), entry, received, realm);
		}
		const person = devices.deviceOf(entry.device)?.person;
		if (person === undefined) return [];
		const duties = directory.duties(person);
		if (onBehalfOf === undefined) return actorsFor(duties, entry, received, { lateDays });
		const theirs = directory.duties(onBehalfOf);
		return actorsOnBehalf(duties, theirs, { ...entry, onBehalfOf }, received);
	}

	function undo(): void {
		if (store.db.isTransaction) store.db.exec('ROLLBACK TO whole_commit; RELEASE whole_commit');
		directory.forget();
	}

	/** [J2] The refused entry says why, the others that they went with it; all are remembered (E2). */
	function refuseAll(
		reads: readonly Read[],
		bad: number,
		why: Receipt,
		receivedAt: number
	): readonly Receipt[] {
		return reads.map((read, i) => {
			if (read.entry === null) throw new Error('judge-commit: a refusal without an entry');
			const receipt = i === bad ? why : refusal(read.entry, 'commit-refused');
			placing.remember(read.entry, read.hash, receivedAt, receipt);
			return receipt;
		});
	}

	return { decide, known };
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

function merge(from: Appended, into: Appended): void {
	for (const [ledger, elements] of from) {
		const list = into.get(ledger);
		if (list) list.push(...elements);
		else into.set(ledger, elements);
	}
}

/** SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN: nothing can be promised now. */
export function isOfTheDisk(cause: unknown): boolean {
	if (!(cause instanceof Error) || !('errcode' in cause)) return false;
	const primary = Number(cause.errcode) & 0xff;
	return [8, 10, 13, 14].includes(primary);
}
