/** What is still on this device and what needs its author: the views of outbox, receipts, attention. */
import { parseEntry } from '#domain/entry.ts';
import type { Action, Reason } from '#domain/element.ts';
import type { Row } from '#domain/family.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import { familyNamed, familyOf } from '#domain/kinds/index.ts';
import { parseLedger } from '#domain/ledgers.ts';
import type { AttentionRecord, OutboxCommit } from '#lib/device/device-db.ts';
import type { Query } from '#lib/rows/queries.ts';
import { travelReaching, travelWaiting, type TravelStep } from '#lib/ui/travel.ts';
import { leftDrafts, type LeftDrafts } from './left-here.ts';
import type { Stores } from './overlay.ts';
import { unsentKeys } from './unsent.ts';

export interface WaitingItem {
	readonly entry: EntryId;
	readonly commit: EntryId;
	readonly kind: string;
	readonly record: RecordId;
	readonly family: string;
	readonly org: OrgId;
	readonly at: number;
	readonly stage: 'waiting' | 'received' | 'later';
	/** The moment until which it may be taken back; null once handed in. */
	readonly createdAt: number;
	readonly travel: readonly TravelStep[];
	readonly row: Row | null;
	/** [O5] Whose device it came from, where this one carries it. */
	readonly carriedFor?: PersonId | undefined;
}

export interface AttentionItem {
	readonly entry: EntryId;
	readonly commit: EntryId;
	readonly kind: string;
	readonly record: RecordId;
	readonly org: OrgId;
	readonly at: number;
	readonly verdict: 'refused' | 'noted';
	readonly reason: Reason;
	readonly action?: Action | undefined;
	/** What was said, to be mended and said again. */
	readonly body: Readonly<Record<string, unknown>>;
	readonly row: Row | null;
}

export interface OutboxQueries {
	/** Everything that is still here, the newest first; of the newest commits alone where the list may be long. */
	waiting(newest?: number): Query<readonly WaitingItem[]>;
	/** Of that, what the relay has not answered. */
	unsent(newest: number): Query<readonly WaitingItem[]>;
	/** A commit that is still here. */
	held(commit: string): Query<Pick<OutboxCommit, 'commit' | 'createdAt'> | null>;
	attention(): Query<readonly AttentionItem[]>;
	leftDrafts(): Query<LeftDrafts>;
	travel(record: RecordId): Query<readonly TravelStep[]>;
}

export function outboxQueries(stores: Stores): OutboxQueries {
	const { device } = stores;
	return {
		waiting:
			(newest = Infinity) =>
			async () =>
				itemsOf(stores, await device.outbox.reverse().limit(newest).toArray()),
		unsent: (newest) => async () => {
			const keys = (await unsentKeys(device)).slice(-newest).reverse();
			const commits = await device.outbox.bulkGet(keys);
			return itemsOf(
				stores,
				commits.flatMap((commit) => commit ?? [])
			);
		},
		held: (commit) => async () =>
			(await device.outbox.where('commit').equals(commit).first()) ?? null,
		attention: () => async () => {
			const open = await device.attention.where('state').equals('open').sortBy('at');
			const rows = await rowsOf(stores, [...new Set(open.map((each) => each.record))]);
			return open.reverse().flatMap((each) => attentionItem(each, rows.get(each.record) ?? null));
		},
		leftDrafts: () => leftDrafts(stores),
		travel: (record) => () => travelOf(stores, record)
	};
}

async function itemsOf(
	stores: Stores,
	commits: readonly OutboxCommit[]
): Promise<readonly WaitingItem[]> {
	const rows = await rowsOf(stores, [...new Set(commits.flatMap((each) => each.records))]);
	return commits.flatMap(({ commit, entries, state, createdAt, actor, from }) =>
		entries.map(({ id, kind, record, at }) => ({
			entry: id,
			commit,
			kind,
			record,
			family: familyOf(kind)?.name ?? '',
			org: actor.org,
			at,
			stage: state === 'sending' ? 'waiting' : state,
			createdAt,
			travel: state === 'received' ? travelReaching('relay') : travelWaiting(),
			row: rows.get(record) ?? null,
			carriedFor: from?.person
		}))
	);
}

function attentionItem(held: AttentionRecord, row: Row | null): AttentionItem[] {
	const { entry, commit, kind, record, at, verdict, reason, action, text } = held;
	const parsed = parseEntry(text);
	if (!parsed.ok) return [];
	const { org, body } = parsed.entry;
	return [{ entry, commit, kind, record, org, at, verdict, reason, action, body, row }];
}

/**
 * How far a record has come. While own entries wait it stands on the device; a receipt says which
 * ledgers it entered; a folded row's audience says the same of what others wrote.
 */
async function travelOf(stores: Stores, record: RecordId): Promise<readonly TravelStep[]> {
	const { device, rows } = stores;
	const [commits, receipts, held] = await Promise.all([
		device.outbox.where('records').equals(record).toArray(),
		device.receipts.where('record').equals(record).toArray(),
		rows.rows.get(record)
	]);
	if (commits.some((commit) => commit.state !== 'received')) return travelWaiting();
	const named = receipts.flatMap(({ receipt }) => receipt.places.map((place) => place.ledger));
	const family = familyNamed(held?.family ?? '');
	const lived = held && family ? family.audience(held.row, new Map()) : [];
	const reached = new Set([...named, ...lived].map((ledger) => parseLedger(ledger)?.family));
	if (reached.has('facts') || (held && family?.fact)) return travelReaching('district');
	if (reached.has('desk')) return travelReaching('community');
	return held || receipts.length > 0 ? travelReaching('relay') : travelWaiting();
}

async function rowsOf(
	{ device, rows }: Stores,
	records: readonly RecordId[]
): Promise<ReadonlyMap<RecordId, Row>> {
	const [laid, base] = await Promise.all([
		device.overlay.bulkGet([...records]),
		rows.rows.bulkGet([...records])
	]);
	return new Map(
		records.flatMap((record, at) => {
			const held = laid[at] ?? base[at];
			return held ? [[record, held.row]] : [];
		})
	);
}
