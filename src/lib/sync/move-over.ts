/**
 * [R6] Moves a device over to the store's new epoch: the beginning that both have in common is kept, what comes
 * after it is fetched anew; rows stay on the screen until what replaces them is here.
 */
import type { LedgerName } from '#domain/ledgers.ts';
import type { ScopeAnswer } from '#domain/wire.ts';
import { readHeldScope, writeHeldScope, type HeldScope } from '#lib/device/held-scope.ts';
import type { Answer } from '#lib/device/relay.ts';
import { waitAgain } from '#lib/outbox/offered.ts';
import { chainAt, giveBack, withOld, type GivingBack } from './give-back.ts';
import { firstAfter, seqOf } from './read-elements.ts';
import {
	dropReplica,
	openReplica,
	textsTakenBy,
	type PagedElement,
	type Replica,
	type ReplicaName
} from './replica.ts';

/** Answers the scope that this device then holds. May be begun again after a kill. */
export async function moveOver(
	parts: GivingBack,
	held: HeldScope,
	askScope: () => Promise<Answer<ScopeAnswer>>
): Promise<Answer<ScopeAnswer>> {
	const given = await giveBack(parts, held);
	if (!given.ok) return given;
	const answer = await askScope();
	if (!answer.ok) return answer;
	const { epoch, hold } = answer.value;
	await waitAgain(parts.stores);
	for (const ledger of held.ledgers) {
		const now = hold[ledger];
		if (now === undefined) continue;
		await withOld(parts, held.epoch, ledger, async (old) => {
			const kept = keptOf(old, given.common.get(ledger) ?? 0);
			await begin(parts, { ledger, epoch }, old.items(), kept);
			await moveMark(parts, ledger, old, { kept, refoldAt: now.seq });
		});
	}
	return answer;
}

/** The replicas of another epoch go once the scope of the new one is written. */
export async function dropFormer({
	stores: { device },
	prefix
}: Pick<GivingBack, 'stores' | 'prefix'>): Promise<void> {
	const held = await readHeldScope(device);
	if (held?.former === undefined) return;
	const { former, ...kept } = held;
	for (const ledger of former.ledgers) await dropReplica({ prefix, ledger, epoch: former.epoch });
	await writeHeldScope(device, kept);
}

/** How much of the old document is the new one's beginning too. */
function keptOf(old: Replica, common: number): number {
	// A text that the lost elements took away may stand in the store again.
	const taken = old
		.items()
		.filter((item) => seqOf(item) > common)
		.flatMap(textsTakenBy);
	return Math.max(0, Math.min(common, old.seq(), ...taken.map((seq) => seq - 1)));
}

async function begin(
	{ prefix }: Pick<GivingBack, 'prefix'>,
	{ ledger, epoch }: Omit<ReplicaName, 'prefix'>,
	items: readonly unknown[],
	kept: number
): Promise<void> {
	const replica = await openReplica({ prefix, ledger, epoch });
	if (replica.seq() === 0 && kept > 0) {
		replica.append(pagedUpTo(items, kept));
		await replica.compact();
	}
	await replica.close();
}

function pagedUpTo(items: readonly unknown[], seq: number): readonly PagedElement[] {
	const end = firstAfter(items, seq);
	const page: PagedElement[] = [];
	for (let at = 0; at < end; at++) {
		const head = items[at];
		const next = at + 1 < end ? items[at + 1] : undefined;
		const hasText = Array.isArray(next) && seqOf(next) === seqOf(head);
		page.push(hasText ? { head, text: [next[0], next[1], next[2]] } : { head });
		if (hasText) at += 1;
	}
	return page;
}

async function moveMark(
	{ stores: { rows } }: Pick<GivingBack, 'stores'>,
	ledger: LedgerName,
	old: Replica,
	{ kept, refoldAt }: { readonly kept: number; readonly refoldAt: number }
): Promise<void> {
	const mark = await rows.ledgers.get(ledger);
	if (mark === undefined) return;
	const items = old.items();
	const lost = items.slice(firstAfter(items, kept)).flatMap(recordOf);
	const seq = Math.min(mark.seq, kept);
	await rows.ledgers.put({
		...mark,
		seq,
		chain: chainAt(items, seq) ?? '',
		toRefold: [...new Set([...(mark.toRefold ?? []), ...lost])],
		refoldAt
	});
}

function recordOf(item: unknown): readonly string[] {
	if (typeof item !== 'object' || item === null || !('record' in item)) return [];
	return typeof item.record === 'string' ? [item.record] : [];
}
