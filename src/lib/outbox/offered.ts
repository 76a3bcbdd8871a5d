/** [R6] What follows here from what a restored store said of the elements it was given back. */
import type { Head } from '#domain/element.ts';
import { parseEntry, type Entry, type Signed } from '#domain/entry.ts';
import type { EntryId } from '#domain/ids.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import type { Receipt } from '#domain/wire.ts';
import type { AttentionRecord, OutboxCommit } from '#lib/device/device-db.ts';
import { catchUp, type Stores } from './overlay.ts';

export interface OfferedEntry {
	readonly head: Head;
	readonly signed: Signed;
	readonly receipt: Receipt | undefined;
}

/** Receipts have other places now; photos of what was lost may be lost too; what is noted now needs its author. */
export async function keepOffered(
	{ device }: Stores,
	offered: readonly OfferedEntry[]
): Promise<void> {
	const own = (await device.keys.get('device'))?.device;
	const entries = offered.flatMap(({ signed }) => entryOf(signed) ?? []);
	const photos = entries.flatMap(mediaNamed);
	const { receipts, attention, media } = device;
	await device.transaction('rw', receipts, attention, media, async () => {
		for (const { head, signed, receipt } of offered) {
			if (receipt === undefined) continue;
			if ((await receipts.get(head.id)) !== undefined)
				await receipts.put({ entry: head.id, record: head.record, receipt });
			const isNotedNow = head.verdict === 'accepted' && receipt.verdict === 'noted';
			if (isNotedNow && head.device === own) await attention.put(attentionOf(signed, receipt));
		}
		await media
			.where('sha256')
			.anyOf(photos)
			.filter(({ state }) => state === 'sent')
			.modify({ state: 'waiting', have: 0, failures: 0, notBefore: 0 });
	});
}

/** What the relay cannot vouch for is judged anew, in its author's name (O5): whole commits alone (E7). */
export async function sayAnew(stores: Stores, offered: readonly OfferedEntry[]): Promise<void> {
	const { device } = stores;
	const own = (await device.keys.get('device'))?.device;
	const byCommit = new Map<EntryId, { head: Head; signed: Signed; entry: Entry }[]>();
	for (const { head, signed } of offered) {
		const entry = entryOf(signed);
		if (entry === null) continue;
		const { id } = entry.commit;
		byCommit.set(id, [...(byCommit.get(id) ?? []), { head, signed, entry }]);
	}
	const whole = [...byCommit.values()]
		.filter((entries) => entries.length === entries[0]?.entry.commit.of)
		.map((entries) => [...entries].sort((a, b) => a.entry.commit.i - b.entry.commit.i));
	await device.transaction('rw', device.outbox, async () => {
		for (const entries of whole) {
			const [first] = entries;
			if (first === undefined) continue;
			const { entry, head } = first;
			const isHere = await device.outbox.where('commit').equals(entry.commit.id).count();
			if (isHere > 0) continue;
			const from = { device: entry.device, person: head.actor.person };
			await device.outbox.add({
				commit: entry.commit.id,
				createdAt: entry.at,
				notBefore: 0,
				state: 'waiting',
				records: [...new Set(entries.map((each) => each.entry.record))],
				entries: entries.map(({ entry: { id, record, kind, at }, signed }) => ({
					id,
					record,
					kind,
					at,
					...signed
				})),
				actor: head.actor,
				handedOver: true,
				isLost: true,
				...(entry.device === own ? {} : { from })
			});
		}
	});
	await catchUp(stores, [...new Set(whole.flat().map(({ entry }) => entry.record))]);
}

/** What was received by a store that was lost is not stored: it is handed in until this one has it too. */
export async function waitAgain({ device }: Stores): Promise<void> {
	await device.transaction('rw', device.outbox, device.receipts, async () => {
		const received = await device.outbox.where('state').equals('received').toArray();
		const ids = received.flatMap(({ entries }) => entries.map(({ id }) => id));
		await device.receipts.bulkDelete(ids);
		await device.outbox.bulkPut(
			received.map((commit): OutboxCommit => ({ ...commit, state: 'waiting', handedOver: true }))
		);
	});
}

function entryOf({ text }: Signed): Entry | null {
	const parsed = parseEntry(text);
	return parsed.ok ? parsed.entry : null;
}

function attentionOf(signed: Signed, { reason }: Receipt): AttentionRecord {
	const entry = entryOf(signed);
	if (entry === null) throw new Error('offered: a receipt of no entry');
	return {
		entry: entry.id,
		commit: entry.commit.id,
		record: entry.record,
		kind: entry.kind,
		at: entry.at,
		verdict: 'noted',
		reason: reason ?? 'newer-reason',
		...signed,
		state: 'open'
	};
}
