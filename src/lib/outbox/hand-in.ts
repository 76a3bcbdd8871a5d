/** Hands commits in by local order, one request in flight, and keeps what the relay answered (O2, O4). */
import { HAND_IN_ENTRIES, type Signed } from '#domain/entry.ts';
import type { RecordId } from '#domain/ids.ts';
import { HandInAnswer, type Receipt } from '#domain/wire.ts';
import { chunks } from '#lib/chunks.ts';
import type { AttentionRecord, DeviceDb, OutboxCommit } from '#lib/device/device-db.ts';
import { readHeldScope } from '#lib/device/held-scope.ts';
import type { Refusal } from '#lib/device/relay.ts';
import type { AuthorisedRelay } from '#lib/device/session.ts';
import { batchBroke, batchCame, type Line } from '#lib/sync/line.ts';
import { catchUp, isReadIn, type Stores } from './overlay.ts';
import { unsentKeys } from './unsent.ts';

/** When a relay does not know a kind yet, it is asked again after this. */
const LATER_MS = 10 * 60_000;
const READ_AT_ONCE = 20;

export type HandInOutcome =
	| { readonly is: 'nothing' }
	| { readonly is: 'answered'; readonly commits: number }
	| { readonly is: 'failed'; readonly refusal: Refusal };

/** Hands in one batch; call again until it says `nothing`. */
export async function handInNext(
	stores: Stores,
	relay: AuthorisedRelay,
	now: number,
	line: Line
): Promise<HandInOutcome> {
	const batch = await takeBatch(stores.device, now, line.batchBytes);
	if (batch.length === 0) return { is: 'nothing' };
	const outcome = await handInBatch(stores, relay, batch, now);
	if (outcome.is === 'answered') batchCame(line);
	else if (outcome.is === 'failed' && outcome.refusal.code === 'unreachable') batchBroke(line);
	return outcome;
}

async function handInBatch(
	stores: Stores,
	relay: AuthorisedRelay,
	batch: readonly OutboxCommit[],
	now: number
): Promise<HandInOutcome> {
	const held = await readHeldScope(stores.device);
	const answer = await relay.send('/api/entries', HandInAnswer, bodyOf(batch, now, held?.epoch));
	if (answer.ok) {
		const count = batch.reduce((sum, commit) => sum + commit.entries.length, 0);
		if (answer.value.receipts.length !== count)
			return { is: 'failed', refusal: { ok: false, code: 'not-the-relay', status: 200 } };
		await keepReceipts(stores, batch, answer.value.receipts, now);
		return { is: 'answered', commits: batch.length };
	}
	// [O4] what is too large, or has one bad commit in it, is halved until the bad one stands alone
	const isTooBig = answer.code === 'too-big';
	const isRelays = isTooBig || answer.code === 'malformed';
	// Something between here and the relay may have a smaller bound; its refusal is no verdict.
	const isHalved = batch.length > 1 && (isRelays || answer.status === 413);
	if (!isRelays && !isHalved) return { is: 'failed', refusal: answer };
	if (batch.length === 1) {
		const reason = isTooBig ? 'too-large' : 'malformed';
		const receipts = batch.flatMap((commit) =>
			commit.entries.map((entry): Receipt => ({
				id: entry.id,
				verdict: 'refused',
				reason,
				action: 'edit-and-resend',
				places: []
			}))
		);
		await keepReceipts(stores, batch, receipts, now);
		return { is: 'answered', commits: 1 };
	}
	const half = Math.ceil(batch.length / 2);
	const first = await handInBatch(stores, relay, batch.slice(0, half), now);
	if (first.is === 'failed') return first;
	return handInBatch(stores, relay, batch.slice(half), now);
}

/** The oldest commits that fit one request, marked as sending so that none is taken back any more. */
async function takeBatch(
	device: DeviceDb,
	now: number,
	mostBytes: number
): Promise<readonly OutboxCommit[]> {
	return device.transaction('rw', device.outbox, async () => {
		const batch: OutboxCommit[] = [];
		let entries = 0;
		let bytes = 0;
		/** False where the batch ends before it. */
		function takes(commit: OutboxCommit): boolean {
			// [O4] what is held for 撤回 holds what was said after it
			if (isHeld(commit, now)) return commit.state === 'later';
			entries += commit.entries.length;
			bytes += bytesOf(commit);
			const isFull = entries > HAND_IN_ENTRIES || bytes > mostBytes;
			if (isFull && batch.length > 0) return false;
			batch.push({ ...commit, state: 'sending' });
			return true;
		}
		// Of a long outbox only the head is read.
		for (const keys of chunks(await unsentKeys(device), READ_AT_ONCE)) {
			const commits = await device.outbox.bulkGet([...keys]);
			if (commits.some((commit) => commit && !takes(commit))) break;
		}
		await device.outbox.bulkPut(batch);
		return batch;
	});
}

/** Milliseconds until something may be handed in; 0 where a hold ended meanwhile, Infinity where nothing waits. */
export async function restBeforeNext({ outbox }: DeviceDb, now: number): Promise<number> {
	const head = await outbox.where('state').equals('waiting').first();
	const later = await outbox.where('state').equals('later').toArray();
	const due = head === undefined ? later : [head, ...later];
	return Math.min(...due.map((commit) => (isHeld(commit, now) ? commit.notBefore - now : 0)));
}

/** [E3] A moment further off than any hold was set by a wrong clock: it holds nothing. */
function isHeld({ notBefore }: OutboxCommit, now: number): boolean {
	return notBefore > now && notBefore - now <= LATER_MS;
}

/** [O2] In one transaction: receipts, what needs attention, and the commits' new states. */
async function keepReceipts(
	stores: Stores,
	batch: readonly OutboxCommit[],
	receipts: readonly Receipt[],
	now: number
): Promise<void> {
	const { device } = stores;
	let next = 0;
	const answered = batch.map((commit) => {
		const own = receipts.slice(next, next + commit.entries.length);
		next += commit.entries.length;
		return { commit, receipts: own };
	});
	const held = new Set((await readHeldScope(device))?.ledgers);
	const tables = [device.outbox, device.receipts, device.attention, device.carried];
	await device.transaction('rw', tables, async () => {
		for (const { commit, receipts: own } of answered) {
			if (own.some((receipt) => receipt.verdict === 'later')) {
				await device.outbox.put({ ...commit, state: 'later', notBefore: now + LATER_MS });
				continue;
			}
			await device.receipts.bulkPut(
				commit.entries.flatMap(({ id, record }, at) => {
					const receipt = own[at];
					return receipt ? [{ entry: id, record, receipt }] : [];
				})
			);
			const refusal = refusalOf(own);
			const isRefused = refusal !== undefined;
			// [O5] what was carried needs its author, not the carrier
			if (commit.from === undefined) await device.attention.bulkPut(attentionOf(commit, own));
			else if (isRefused) await keepRefusal(device, commit, refusal);
			const isGone = isRefused || isElsewhere(commit, own, held);
			if (isGone && commit.local !== undefined) await device.outbox.delete(commit.local);
			else await device.outbox.put({ ...commit, state: 'received', draft: undefined });
		}
	});
	await catchUp(stores, [
		...new Set(batch.flatMap((commit): readonly RecordId[] => commit.records))
	]);
}

/** [O5] What was carried for another and stands in no ledger that this device reads never folds back here. */
function isElsewhere(
	{ from }: OutboxCommit,
	receipts: readonly Receipt[],
	held: ReadonlySet<string>
): boolean {
	if (from === undefined) return false;
	return !receipts.some(({ places }) => places.some((place) => isReadIn(place, held)));
}

/** The one that was wrong; the others were only refused along with it (E7). */
function refusalOf(receipts: readonly Receipt[]): Receipt | undefined {
	const refused = receipts.filter(({ verdict }) => verdict === 'refused');
	return refused.find(({ reason }) => reason !== 'commit-refused') ?? refused[0];
}

async function keepRefusal(
	device: DeviceDb,
	{ commit, entries }: OutboxCommit,
	{ reason = 'malformed' }: Receipt
): Promise<void> {
	await device.carried.update(commit, { refusal: { reason, entries } });
}

/** [J2, J3] Refused entries keep their text here; noted ones are shown until seen. */
function attentionOf(
	commit: OutboxCommit,
	receipts: readonly Receipt[]
): readonly AttentionRecord[] {
	return commit.entries.flatMap((entry, at) => {
		const receipt = receipts[at];
		if (receipt?.verdict !== 'refused' && receipt?.verdict !== 'noted') return [];
		return [
			{
				entry: entry.id,
				commit: commit.commit,
				record: entry.record,
				kind: entry.kind,
				at: entry.at,
				verdict: receipt.verdict,
				reason: receipt.reason ?? 'malformed',
				...(receipt.action === undefined ? {} : { action: receipt.action }),
				text: entry.text,
				sig: entry.sig,
				state: 'open'
			}
		];
	});
}

function bodyOf(batch: readonly OutboxCommit[], now: number, epoch: string | undefined): string {
	const commits = batch.map((commit) => commit.entries.map(({ text, sig }) => ({ text, sig })));
	return JSON.stringify({ now, epoch, commits });
}

/** As they stand in JSON. */
export function bytesOf({ entries }: { readonly entries: readonly Signed[] }): number {
	const encoder = new TextEncoder();
	return entries.reduce(
		(sum, { text, sig }) => sum + encoder.encode(JSON.stringify({ text, sig })).length + 1,
		4
	);
}
