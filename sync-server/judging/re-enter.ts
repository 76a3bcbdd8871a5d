/**
 * [R6] Elements that a restored store lost come back from devices that hold them. The tag proves that this relay
 * wrote the head, so the old verdict stands; where other entries took its place meanwhile it is judged anew.
 */
import { quarterOf } from '#domain/calendar.ts';
import { Head } from '#domain/element.ts';
import { parseEntry, type Entry, type Signed } from '#domain/entry.ts';
import type { Refs, Row } from '#domain/family.ts';
import { fold } from '#domain/fold.ts';
import { orgRecord } from '#domain/ids.ts';
import { judge } from '#domain/judge.ts';
import { familyOf, kindOf } from '#domain/kinds/index.ts';
import type { OfferAnswer, OfferedElement } from '#domain/offer.ts';
import type { Receipt } from '#domain/wire.ts';
import { jsonOf } from '../http/json.ts';
import { RELAY_DEVICE, type Keys } from '../keys.ts';
import { openHead, sha256 } from '../ledgers/chain.ts';
import type { Effective } from '../ledgers/place.ts';
import type { Appended } from '../ledgers/write-elements.ts';
import { redrawnAt } from '../store/redrawn.ts';
import type { StoredRecord } from '../store/store.ts';
import type { Draft } from './directory.ts';
import { createErasureOrders } from './erasure-orders.ts';
import { merge, refsOf, type BenchParts } from './judge-commit.ts';
import { isSignedBy } from './signature.ts';
import type { Verifier } from './verify.ts';

/** Of one transaction. */
export interface Reentry {
	decide(reads: readonly Read[], appended: Appended): Promise<Answer[]>;
}

type Answer = OfferAnswer['answers'][number];

export type Read = Ours | { readonly is: 'untagged' | 'later' | 'refused' };

interface Ours {
	readonly is: 'ours';
	readonly head: Head;
	/** Null where it came without its text. */
	readonly told: Told | null;
}

interface Told {
	readonly entry: Entry;
	readonly signed: Signed;
}

export interface Vouching {
	readonly keys: Pick<Keys, 'tag' | 'setUp' | 'former'>;
	readonly verifier: Pick<Verifier, 'isSigned'>;
}

/** What an offered element is, looked at before the transaction. */
export async function readOffered(
	{ keys, verifier }: Vouching,
	offered: OfferedElement,
	realm: string
): Promise<Read> {
	const opened = openHead(offered.head);
	const head = Head.safeParse(jsonOf(offered.head));
	if (opened === null || !head.success) return { is: 'refused' };
	const isChained = sha256(offered.previous + opened.body) === opened.chain;
	// A key that was stolen vouches for nothing: what it tagged is judged anew.
	if (!isChained || keys.tag(opened.chain) !== opened.tag) return { is: 'untagged' };
	const { text, sig } = offered;
	if (text === undefined || sig === undefined) return { is: 'ours', head: head.data, told: null };
	const parsed = parseEntry(text);
	if (!parsed.ok || parsed.entry.realm !== realm || sha256(text) !== head.data.textHash)
		return { is: 'refused' };
	const { entry } = parsed;
	// [E5] a relay that was put back with its store may be too old for it
	if (familyOf(entry.kind) === undefined) return { is: 'later' };
	const signed = { text, sig };
	const isSigned =
		entry.device === RELAY_DEVICE
			? isSignedByRelay(keys, signed)
			: await verifier.isSigned(entry.device, signed);
	// Its device's enrolment was lost too, and may come back.
	if (isSigned === null) return { is: 'later' };
	return isSigned ? { is: 'ours', head: head.data, told: { entry, signed } } : { is: 'refused' };
}

/** By the key of now or of then: the tag says that the relay itself took it in. */
function isSignedByRelay({ setUp, former }: Vouching['keys'], signed: Signed): boolean {
	return [setUp.publicKey, ...former.publicKeys].some((key) => isSignedBy(key, signed));
}

export function createReentry(parts: BenchParts): Reentry {
	const { tx, placing } = parts;
	const orders = createErasureOrders(tx);

	async function decide(reads: readonly Read[], appended: Appended): Promise<Answer[]> {
		const putBackAt = (await redrawnAt(tx)) ?? -Infinity;
		for (const offered of reads)
			if (offered.is === 'ours' && offered.head.receivedAt <= putBackAt) reserveNumber(offered);
		orders.forget();
		const answers: Answer[] = [];
		for (const offered of reads) answers.push(await decideOne(offered, putBackAt, appended));
		return answers;
	}

	async function decideOne(offered: Read, putBackAt: number, appended: Appended): Promise<Answer> {
		await parts.turn();
		if (offered.is !== 'ours') return { is: offered.is };
		const { head } = offered;
		const before = await tx.record(head.record);
		const stands = await standingOf(head, before, putBackAt);
		if ('is' in stands) return stands;
		const isErased = await orders.covered(head, putBackAt);
		const told = isErased ? null : offered.told;
		// Its text, or the order that erased it, is with another device.
		if (told === null && !isErased) return { is: 'later' };
		const tried: Appended = new Map();
		const people = parts.people.draft();
		try {
			const answer = await placing.whole(async () => {
				const { refusal } = stands;
				if (refusal !== null) await tx.run('DELETE FROM entry WHERE num = ?', refusal);
				return takeBack(head, told, { before, people, appended: tried });
			});
			people.keep();
			merge(tried, appended);
			if (told !== null && familyOf(told.entry.kind)?.erases !== undefined) orders.forget();
			return answer;
		} catch (cause) {
			if (parts.isUnwritable(cause)) throw cause;
			parts.onBroken(head.id, cause);
			return { is: 'later' };
		}
	}

	/** What is answered in any case, or the number of a refusal that gives way: the tag says that it was taken once. */
	async function standingOf(
		{ id, textHash, receivedAt }: Head,
		before: StoredRecord | null,
		putBackAt: number
	): Promise<Answer | { readonly refusal: number | null }> {
		const known = await tx.first<Known>('SELECT num, hash, receipt FROM entry WHERE id = ?', id);
		// Written by `place` and `remember` alone.
		const receipt = known && (JSON.parse(known.receipt) as Receipt);
		if (before !== null && before.row === null) return { is: 'refused' };
		// [E2] the first receipt again, whether it was given back or judged anew
		if (known !== null && receipt !== null && receipt.verdict !== 'refused')
			return known.hash === textHash ? { is: 'known', receipt } : { is: 'refused' };
		// Nothing that this store could have lost: whoever has the key could say what they like.
		if (receivedAt > putBackAt) return { is: 'untagged' };
		return { refusal: known?.num ?? null };
	}

	async function takeBack(
		head: Head,
		told: Told | null,
		{ before, people, appended }: Taking
	): Promise<Answer> {
		const row = before?.row ?? null;
		// [L2] what comes between is with another device, or further down the same offer
		if (head.n > (row?.n ?? 0) + 1) return { is: 'later' };
		const refs = told === null ? noRefs : await refsOf(tx, people, told.entry, row);
		const judged =
			told === null
				? withoutText(head, row)
				: await judgedOf(head, told.entry, row, { refs, people });
		if (judged === null) return { is: 'refused' };
		const { id, kind, record, device, textHash: hash, receivedAt } = head;
		const signed = told?.signed ?? { text: null, sig: null };
		const item = {
			entry: { id, kind, record, device },
			signed,
			hash,
			judged,
			receivedAt,
			refs: withHome(refs, people, judged.row),
			before
		};
		return { is: 'taken', receipt: await placing.place(item, people, appended) };
	}

	/** [A4] Of an entry that was erased before the store lost it its ordinal alone comes back. */
	function withoutText(
		{ n, verdict, reason, actor, given }: Head,
		row: Row | null
	): Effective | null {
		if (row === null || n !== row.n + 1) return null;
		const counted = { ...row, n };
		return verdict === 'noted'
			? { verdict, reason: reason ?? 'newer-reason', actor, given, row: counted }
			: { verdict, actor, given, row: counted };
	}

	async function judgedOf(
		head: Head,
		entry: Entry,
		row: Row | null,
		by: { readonly refs: Refs; readonly people: Draft }
	): Promise<Effective | null> {
		const given = await withFreeNumber(head, entry);
		if (row !== null && head.n <= row.n) return judgedAnew({ ...head, given }, entry, row, by);
		const { verdict, reason, actor } = head;
		const { row: folded } = fold(row, { ...head, given }, entry);
		if (folded === null) return null;
		return verdict === 'noted'
			? { verdict, reason: reason ?? 'newer-reason', actor, given, row: folded }
			: { verdict, actor, given, row: folded };
	}

	/**
	 * Another entry stands where this one stood. It was allowed once and is lost to nobody: what can have no
	 * effect any more is noted (J3).
	 */
	function judgedAnew(
		{ actor, receivedAt, given }: Head,
		entry: Entry,
		row: Row,
		{ refs, people }: { readonly refs: Refs; readonly people: Draft }
	): Effective {
		const judged = judge(entry, [actor], refs, people.settings(receivedAt), {
			at: receivedAt,
			offset: given.offset ?? 0
		});
		if (judged.verdict === 'accepted' || judged.verdict === 'noted') return judged;
		const counted = { ...row, n: row.n + 1 };
		return { verdict: 'noted', reason: judged.reason, actor, given: {}, row: counted };
	}

	/** A number that comes back is drawn for nothing else, whatever is renumbered before it. */
	function reserveNumber({ head, told }: Extract<Read, { is: 'ours' }>): void {
		const series = told === null ? null : seriesOf(head, told.entry);
		if (series !== null) placing.drawnUpTo(series.key, series.n);
	}

	/** The official number of the receipt, unless another record was given it since the store was restored. */
	async function withFreeNumber(head: Head, entry: Entry): Promise<Head['given']> {
		const series = seriesOf(head, entry);
		if (series === null || !(await isTaken(series))) return head.given;
		const prefix = series.no.slice(0, series.no.lastIndexOf('-'));
		const drawn = String(await placing.draw(series.key)).padStart(4, '0');
		return { ...head.given, no: `${prefix}-${drawn}` };
	}

	async function isTaken({ family, org, no }: Series): Promise<boolean> {
		const given = 'SELECT 1 FROM official_number WHERE family = ? AND org = ? AND no = ?';
		return (await tx.first(given, family, org, no)) !== null;
	}

	return { decide };
}

interface Known {
	readonly num: number;
	readonly hash: string;
	readonly receipt: string;
}

interface Series {
	readonly family: string;
	readonly org: string;
	readonly no: string;
	readonly key: string;
	readonly n: number;
}

/** Which counter an entry's official number was drawn from. */
function seriesOf({ given, receivedAt, actor }: Head, { kind }: Entry): Series | null {
	const family = familyOf(kind)?.name;
	const numbered = kindOf(kind)?.numbered;
	const { no } = given;
	if (no === undefined || numbered === undefined || family === undefined) return null;
	// A numbered kind begins a record, in the organisation its author acts for.
	const { org } = actor;
	const key = `${org}-${numbered}-${quarterOf(receivedAt)}`;
	return { family, org, no, key, n: Number(no.split('-').at(-1)) };
}

interface Taking {
	readonly before: StoredRecord | null;
	readonly people: Draft;
	readonly appended: Appended;
}

const noRefs: Refs = new Map();

/** [A1] Where a record lives may depend on what its organisation is. */
function withHome(refs: Refs, people: Draft, { org }: Row): Refs {
	const home = people.organisation(orgRecord(org));
	return home === null ? refs : new Map([...refs, [home.record, home]]);
}
