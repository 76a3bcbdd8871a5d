/** [R6] Gives a restored store the elements back that it lost and this device holds. */
import { z } from 'zod';
import { GoneHead, Head } from '#domain/element.ts';
import { HAND_IN_ENTRIES } from '#domain/entry.ts';
import type { LedgerName } from '#domain/ledgers.ts';
import {
	CommonAnswer,
	GIVEN_BACK_MS,
	LEDGERS_NAMED,
	MARKS_NAMED,
	OfferAnswer,
	OfferedElement,
	type Offered
} from '#domain/offer.ts';
import type { LedgerMark, Receipt } from '#domain/wire.ts';
import { chunks } from '#lib/chunks.ts';
import { hashText } from '#lib/device/hash-text.ts';
import type { HeldScope } from '#lib/device/held-scope.ts';
import type { Refusal } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { keepOffered, sayAnew } from '#lib/outbox/offered.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { firstAfter, isOfKind, seqOf } from './read-elements.ts';
import { openReplica, type Replica } from './replica.ts';
import { inOrderOfNeed } from './ledger-sync.ts';

export interface GivingBack {
	readonly stores: Stores;
	readonly prefix: string;
	readonly relay: Pick<AuthorisedRelay, 'ask'>;
	readonly now: () => number;
}

/** Where each ledger of the old epoch parts from the store's. */
export type Common = ReadonlyMap<LedgerName, number>;

/** Bytes of one offer: the relay's bound is 4 MiB. */
const OFFER_BYTES = 3 * 1024 * 1024;

export async function giveBack(
	parts: GivingBack,
	held: HeldScope
): Promise<Refusal | { readonly ok: true; readonly common: Common }> {
	const common = new Map<LedgerName, number>();
	for (const ledgers of chunks(held.ledgers, LEDGERS_NAMED)) {
		const named: Record<LedgerName, readonly LedgerMark[]> = {};
		for (const ledger of ledgers) named[ledger] = await withOld(parts, held.epoch, ledger, marksOf);
		const answer = await parts.relay.ask('/api/offer/common', CommonAnswer, { held: named });
		if (!answer.ok) return answer;
		for (const [ledger, seq] of Object.entries(answer.value.common)) common.set(ledger, seq);
	}
	const lost: Lost[] = [];
	for (const ledger of inOrderOfNeed(held.ledgers))
		lost.push(
			...(await withOld(parts, held.epoch, ledger, (replica) =>
				lostIn(ledger, replica, common.get(ledger) ?? 0)
			))
		);
	const refusal = await offerAll(parts, inOrderOfReceipt(lost));
	return refusal ?? { ok: true, common };
}

/** Offers again what could not be taken before. */
export async function offerAgain(parts: GivingBack): Promise<Refusal | null> {
	const { device } = parts.stores;
	const kept = await readKept(parts);
	if (kept === null) return null;
	if (kept.since > parts.now() - GIVEN_BACK_MS)
		return offerAll(
			parts,
			kept.elements.flatMap((offered) => readLost(offered) ?? []),
			kept.since
		);
	await device.state.delete('to-offer');
	return null;
}

export async function withOld<T>(
	{ prefix }: Pick<GivingBack, 'prefix'>,
	epoch: string,
	ledger: LedgerName,
	use: (replica: Replica) => T | Promise<T>
): Promise<T> {
	const replica = await openReplica({ prefix, ledger, epoch });
	try {
		return await use(replica);
	} finally {
		await replica.close();
	}
}

/** The last ones one by one, earlier ones ever further apart: the last that both have is soon found. */
function marksOf(replica: Replica): readonly LedgerMark[] {
	const items = replica.items();
	const marks: LedgerMark[] = [];
	for (let seq = replica.seq(), step = 1; seq > 0 && marks.length < MARKS_NAMED; step *= 1.5) {
		marks.push({ seq, chain: chainAt(items, seq) ?? '' });
		seq -= Math.floor(step);
	}
	return marks;
}

export function chainAt(items: readonly unknown[], seq: number): string | null {
	const head = items[firstAfter(items, seq - 1)];
	return seqOf(head) === seq ? (Chained.safeParse(head).data?.chain ?? null) : null;
}

const Chained = z.object({ chain: z.string() });

interface Lost {
	readonly offered: OfferedElement;
	readonly head: Head;
}

/** A ledger's entries behind what is common, as the relay wrote them. Facts it draws itself. */
async function lostIn(
	ledger: LedgerName,
	replica: Replica,
	common: number
): Promise<readonly Lost[]> {
	if (ledger.startsWith('facts/')) return [];
	const items = replica.items();
	const erased = new Set<number>();
	for (const item of items)
		if (isOfKind(item, 'erased'))
			for (const seq of GoneHead.safeParse(item).data?.texts ?? []) erased.add(seq);
	const lost: Lost[] = [];
	let previous = (common === 0 ? null : chainAt(items, common)) ?? (await hashText(ledger));
	for (let at = firstAfter(items, common); at < items.length; at++) {
		const item = items[at];
		if (Array.isArray(item) || seqOf(item) > replica.seq()) continue;
		const text = TextItem.safeParse(items[at + 1]).data;
		const isTold = text !== undefined && text[0] === seqOf(item);
		const head = JSON.stringify(item);
		const offered = { previous, head, ...(isTold ? { text: text[1], sig: text[2] } : {}) };
		const known = readLost(offered);
		// [A5] what left this ledger is given back by those whom it came to
		if (known !== null && (isTold || erased.has(seqOf(item)))) lost.push(known);
		previous = Chained.safeParse(item).data?.chain ?? '';
	}
	return lost;
}

const TextItem = z.tuple([z.int(), z.string(), z.string()]);

function readLost(offered: OfferedElement): Lost | null {
	const head = Head.safeParse(JSON.parse(offered.head));
	return head.success ? { offered, head: head.data } : null;
}

/** Each entry once; what others lean on came first. */
function inOrderOfReceipt(lost: readonly Lost[]): readonly Lost[] {
	const byId = new Map(lost.map((each) => [each.head.id, each]));
	return [...byId.values()].sort((a, b) => a.head.receivedAt - b.head.receivedAt);
}

/** Round after round, as long as something more could be taken; what is left is kept for another day. */
async function offerAll(
	parts: GivingBack,
	lost: readonly Lost[],
	since: number = parts.now()
): Promise<Refusal | null> {
	let open = lost;
	for (;;) {
		const later: Lost[] = [];
		for (const batch of inBatches(open)) {
			const answers = await offerOne(parts, batch);
			if ('code' in answers) return answers;
			later.push(...batch.filter((_, at) => answers[at]?.is === 'later'));
		}
		if (later.length === 0 || later.length === open.length) {
			await keepForLater(parts, later, since);
			return null;
		}
		open = later;
	}
}

async function offerOne(
	{ stores, relay }: GivingBack,
	batch: readonly Lost[]
): Promise<Refusal | OfferAnswer['answers']> {
	const elements = batch.map(({ offered }) => offered);
	const answer = await relay.ask('/api/offer', OfferAnswer, { elements });
	if (!answer.ok) return answer;
	const { answers } = answer.value;
	if (answers.length !== batch.length) return { ok: false, code: 'not-the-relay', status: 200 };
	const having = (is: Offered) =>
		batch.flatMap(({ head, offered: { text, sig } }, at) => {
			const told = answers[at];
			if (told?.is !== is || text === undefined || sig === undefined) return [];
			const receipt: Receipt | undefined = told.receipt;
			return [{ head, signed: { text, sig }, receipt }];
		});
	await keepOffered(stores, [...having('taken'), ...having('known')]);
	await sayAnew(stores, having('untagged'));
	return answers;
}

function inBatches(lost: readonly Lost[]): readonly (readonly Lost[])[] {
	const batches: Lost[][] = [];
	let bytes = Infinity;
	const encoder = new TextEncoder();
	for (const each of lost) {
		const size = encoder.encode(JSON.stringify(each.offered)).length;
		const last = batches[batches.length - 1];
		if (last !== undefined && last.length < HAND_IN_ENTRIES && bytes + size <= OFFER_BYTES) {
			last.push(each);
			bytes += size;
		} else {
			batches.push([each]);
			bytes = size;
		}
	}
	return batches;
}

const Kept = z.object({ since: z.number(), elements: z.array(OfferedElement) });

async function readKept({ stores }: GivingBack): Promise<z.infer<typeof Kept> | null> {
	const kept = await stores.device.state.get('to-offer');
	return Kept.safeParse(kept?.value).data ?? null;
}

async function keepForLater(
	{ stores: { device } }: GivingBack,
	later: readonly Lost[],
	since: number
): Promise<void> {
	const elements = later.map(({ offered }) => offered);
	if (elements.length === 0) await device.state.delete('to-offer');
	else await device.state.put({ key: 'to-offer', value: { since, elements } });
}
