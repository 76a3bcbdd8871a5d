/** Bundles as screens see them (O5): make one for the own desk, take one in, and what came of those taken. */
import { parseEntry } from '#domain/entry.ts';
import type { Reason } from '#domain/element.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { CarriedRecord } from '#lib/device/device-db.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import type { Query } from '#lib/rows/queries.ts';
import { readHandOver, writeHandOver } from './hand-over.ts';
import {
	makeBundles,
	receiversOf,
	unsentFor,
	unsentOrgs,
	type MadeBundles
} from './make-bundle.ts';
import { takeBundle, type Taken } from './take-bundle.ts';

export type { MadeBundles, Taken };

/** What a bundle made now would hold, and for how many devices. */
export interface Unsent {
	readonly entries: number;
	readonly refused: number;
	readonly receivers: number;
	/** Of the entries, those that left in a bundle before. */
	readonly handedOver: number;
}

/** One bundle that was taken in here. */
export interface CarriedBundle {
	readonly bundle: string;
	readonly person: PersonId;
	readonly takenAt: number;
	readonly entries: number;
	/** Of them, those the relay has not answered. */
	readonly waiting: number;
	readonly refusals: readonly {
		readonly commit: string;
		readonly kind: string;
		readonly reason: Reason;
		readonly bodies: readonly Readonly<Record<string, unknown>>[];
	}[];
}

export interface Bundles {
	make(org: OrgId, note: string): Promise<MadeBundles>;
	take(file: Pick<Blob, 'size' | 'text'>): Promise<Taken>;
	/** [J6] A refused commit as one text for the desk to say anew, and what such a text says. */
	handOver(commit: EntryId, note: string): ReturnType<typeof writeHandOver>;
	readHandOver(text: string): ReturnType<typeof readHandOver>;
	unsent(org: OrgId): Query<Unsent>;
	/** Of which communities anything was not handed in. */
	unsentOrgs(): Query<readonly OrgId[]>;
	/** The record of this device's own key for a desk. */
	ownKey(org: OrgId): Query<RecordId | null>;
	/** The newest first. */
	carried(): Query<readonly CarriedBundle[]>;
}

/** `speaking` answers for the active person. */
export function bundles(
	speaking: () => { readonly stores: Stores; readonly realm: string; readonly now: () => number }
): Bundles {
	return {
		make: (org, note) => makeBundles({ ...speaking(), org, note }),
		take: (file) => takeBundle(speaking(), file),
		handOver: (commit, note) => writeHandOver(speaking(), { commit, note }),
		readHandOver: (text) => readHandOver(speaking(), text),
		unsent(org) {
			const { stores } = speaking();
			return () => unsentIn(stores, org);
		},
		unsentOrgs() {
			const { stores } = speaking();
			return () => unsentOrgs(stores);
		},
		ownKey(org) {
			const { device } = speaking().stores;
			return async () => (await device.deskKeys.get(org))?.record ?? null;
		},
		carried() {
			const { stores } = speaking();
			return () => carriedIn(stores);
		}
	};
}

async function unsentIn(stores: Stores, org: OrgId): Promise<Unsent> {
	const { commits, refused } = await unsentFor(stores, org);
	const count = (of: typeof commits) => of.reduce((sum, each) => sum + each.entries.length, 0);
	return {
		entries: count(commits),
		refused: refused.length,
		receivers: (await receiversOf(stores, org)).length,
		handedOver: count(commits.filter(({ handedOver }) => handedOver))
	};
}

async function carriedIn({ device }: Stores): Promise<readonly CarriedBundle[]> {
	const records = await device.carried.orderBy('takenAt').reverse().toArray();
	const open = await device.outbox.where('state').notEqual('received').toArray();
	const waiting = new Set(open.flatMap(({ from, commit }) => (from ? commit : [])));
	const found = new Map<string, CarriedBundle>();
	for (const record of records) {
		const { bundle, person, takenAt, commit, kinds } = record;
		const before = found.get(bundle);
		found.set(bundle, {
			bundle,
			person,
			takenAt,
			entries: (before?.entries ?? 0) + kinds.length,
			waiting: (before?.waiting ?? 0) + (waiting.has(commit) ? kinds.length : 0),
			refusals: [...(before?.refusals ?? []), ...refusalOf(record)]
		});
	}
	return [...found.values()];
}

function refusalOf({ commit, kinds, refusal }: CarriedRecord): CarriedBundle['refusals'] {
	if (refusal === undefined) return [];
	const bodies = refusal.entries.flatMap(({ text }) => {
		const parsed = parseEntry(text);
		return parsed.ok ? [parsed.entry.body] : [];
	});
	return [{ commit, kind: kinds[0] ?? '', reason: refusal.reason, bodies }];
}
