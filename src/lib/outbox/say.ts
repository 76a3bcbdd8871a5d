/** Saying: entries, overlay and the end of the draft in one durable transaction (O1), and 撤回 (F5). */
import type { EntryId, OrgId, RecordId } from '#domain/ids.ts';
import type { Actor } from '#domain/people.ts';
import { mediaNamed } from '#domain/kinds/index.ts';
import type { MediaName } from '#domain/media.ts';
import type { DeviceDb, MediaRecord, OutboxCommit } from '#lib/device/device-db.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import { catchUp, overlayOf, type Base, type Stores } from './overlay.ts';
import { linesOf } from '#lib/rows/rows-db.ts';
import { signCommit, type SignedEntry, type Signer, type Utterance } from './sign.ts';

/** [F5] How long a commit that was not handed in may be taken back. */
export const TAKE_BACK_MS = 10_000;

export interface Speaker extends Stores {
	readonly signer: Signer;
	readonly now: () => number;
	/** The duty the person acts under in an organisation. */
	readonly actorIn: (org: OrgId) => Actor;
	readonly org: OrgId;
}

export interface SayOptions {
	/** Key of the draft this commit completes. */
	readonly draft?: string | undefined;
	/** Keeps it from the relay for 10 s, so that 撤回 can be offered. */
	readonly hold?: boolean | undefined;
}

export type SayResult =
	| { readonly ok: true; readonly commit: EntryId; readonly entries: readonly EntryId[] }
	| {
			readonly ok: false;
			readonly reason:
				| 'malformed'
				| 'too-large'
				| 'storage-full'
				| 'storage-broken'
				/** The browser has cleared this device, its key too. */
				| 'storage-lost'
				| 'read-only';
	  };

export async function say(
	speaker: Speaker,
	utterances: readonly Utterance[],
	options: SayOptions = {}
): Promise<SayResult> {
	const records = [...new Set(utterances.map((each) => each.record))];
	try {
		const bases = await basesOf(speaker, records);
		const at = speaker.now();
		const signed = await signCommit(speaker.signer, utterances, {
			at,
			org: speaker.org,
			// [E4] what was folded; this device's own waiting entries count as seen anyway
			revOf: (record) => bases.get(record)?.row?.n ?? 0
		});
		if (!signed.ok) return signed;
		const { commit, entries } = signed;
		const actor = speaker.actorIn(entries[0]?.entry.org ?? speaker.org);
		await keep(speaker, bases, options, {
			commit,
			createdAt: at,
			notBefore: options.hold ? at + TAKE_BACK_MS : 0,
			state: 'waiting',
			records,
			entries: entries.map(outboxEntry),
			actor,
			media: entries.flatMap(({ entry }) => mediaNamed(entry))
		});
		return { ok: true, commit, entries: entries.map(({ entry }) => entry.id) };
	} catch (cause) {
		const reason = storageProblem(cause);
		if (reason === null) throw cause;
		return { ok: false, reason };
	}
}

export type TakeBackResult =
	| { readonly ok: true }
	/** `written-since`: its form was begun anew, and what is typed there would have to give way. */
	| { readonly ok: false; readonly reason: 'too-late' | 'written-since' };

/** [F5] Takes a commit that was not handed in back into its draft. */
export async function takeBack(
	stores: Stores & { readonly now: () => number },
	commit: EntryId
): Promise<TakeBackResult> {
	const { device } = stores;
	const tables = [device.outbox, device.drafts, device.media];
	const taken = await device.transaction('rw', tables, async () => {
		const found = await device.outbox.where('commit').equals(commit).first();
		if (found?.local === undefined || found.state !== 'waiting') return 'too-late';
		if (found.handedOver || found.from) return 'too-late';
		if (stores.now() - found.createdAt > TAKE_BACK_MS) return 'too-late';
		// [O1] Another visit to the same door may have been begun since: both stand.
		if (found.draft && (await device.drafts.get(found.draft.key)) !== undefined)
			return 'written-since';
		await device.outbox.delete(found.local);
		if (found.draft) await device.drafts.put(found.draft);
		const others = (await device.outbox.toArray()).flatMap(({ media = [] }) => media);
		const alone = found.media?.filter((name) => !others.includes(name));
		await moveMedia(device, alone, 'waiting', 'draft');
		return found;
	});
	if (typeof taken === 'string') return { ok: false, reason: taken };
	await catchUp(stores, taken.records);
	return { ok: true };
}

/**
 * [O1] All or nothing, and on the disk before it resolves. What a form writes is asked for at once; only
 * a record that other commits still lie on is laid a second time.
 */
async function keep(
	{ device }: Stores,
	bases: ReadonlyMap<RecordId, Base>,
	{ draft }: SayOptions,
	commit: OutboxCommit
): Promise<void> {
	const { records } = commit;
	const overlays = (waiting: readonly (readonly OutboxCommit[])[]) =>
		records.flatMap((record, at) => {
			const open = [...(waiting[at] ?? []), commit];
			return overlayOf(record, bases.get(record), open) ?? [];
		});
	const alone = overlays([]);
	const { outbox, overlay, drafts, media, state } = device;
	const tables = [outbox, overlay, drafts, media, state];
	await device.transaction('rw', tables, async () => {
		const kept = draft === undefined ? undefined : await device.drafts.get(draft);
		const [waiting, local] = await Promise.all([
			// Requests of one transaction are answered in order: this one does not see the commit yet.
			Promise.all(records.map((record) => device.outbox.where('records').equals(record).toArray())),
			device.outbox.add(kept === undefined ? commit : { ...commit, draft: kept }),
			device.overlay.bulkPut(alone),
			draft === undefined ? undefined : device.drafts.delete(draft),
			moveMedia(device, commit.media, 'draft', 'waiting')
		]);
		await device.state.put({ key: 'said', value: local });
		if (waiting.some((open) => open.length > 0)) await device.overlay.bulkPut(overlays(waiting));
	});
}

/** [R8] What a commit names waits for the relay as the commit does, and comes back to its form with it. */
async function moveMedia(
	device: DeviceDb,
	names: readonly MediaName[] | undefined,
	from: MediaRecord['state'],
	to: MediaRecord['state']
): Promise<void> {
	if (names === undefined || names.length === 0) return;
	const named = device.media.where('sha256').anyOf(names);
	await named.and(({ state }) => state === from).modify({ state: to });
}

/**
 * The rows as they are now. A base that moves while the form is being signed is laid under the overlay
 * when the worker has its receipt, at the latest.
 */
async function basesOf(
	{ rows }: Stores,
	records: readonly RecordId[]
): Promise<ReadonlyMap<RecordId, Base>> {
	const held = await rows.rows.bulkGet([...records]);
	return new Map(
		records.map((record, at) => {
			const folded = new Set(linesOf(held[at]).map((line) => line.entry));
			return [record, { row: held[at]?.row ?? null, folded }];
		})
	);
}

function outboxEntry({ entry, text, sig }: SignedEntry): OutboxCommit['entries'][number] {
	return { id: entry.id, record: entry.record, kind: entry.kind, at: entry.at, text, sig };
}
