/** Bundles as screens see them (O5): make one for the own desk, take one in, and what came of those taken. */
import { entriesIn } from '#domain/entry.ts';
import type { Reason } from '#domain/element.ts';
import type { EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { CarriedRecord } from '#lib/device/device-db.ts';
import { ofState } from '#lib/media/of-state.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import type { SayResult } from '#lib/outbox/say.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import type { Query } from '#lib/rows/queries.ts';
import { adopt, adoptionOf, isOpen, type Adopting, type Adoption } from './adopt.ts';
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
	/** Photos, signatures and voice notes that no bundle takes along and the relay does not have. */
	readonly photos: number;
}

/** One bundle that was taken in here. */
export interface CarriedBundle {
	readonly bundle: string;
	readonly person: PersonId;
	readonly takenAt: number;
	readonly entries: number;
	/** Of them, those the relay has not answered. */
	readonly waiting: number;
	/** In the order in which they were said. */
	readonly refusals: readonly RefusedCommit[];
}

export interface RefusedCommit {
	readonly commit: EntryId;
	readonly kind: string;
	readonly reason: Reason;
	readonly bodies: readonly Readonly<Record<string, unknown>>[];
	/** Null where the desk cannot say it anew. */
	readonly adoption: Adoption | null;
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
	/** [J6] How many of what was carried here wait for 代录. */
	toAdopt(): Query<number>;
	/** 代录 of carried commits that were refused; null where all of it was said before. */
	adopt(commits: readonly EntryId[]): Promise<SayResult | null>;
}

/** `speaking` answers for the active person, who speaks by `say`. */
export function bundles(
	speaking: () => Adopting & { readonly realm: string; readonly now: () => number },
	say: (says: readonly Utterance[]) => Promise<SayResult>
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
			const adopting = speaking();
			return () => carriedIn(adopting);
		},
		toAdopt() {
			const adopting = speaking();
			return async () => {
				const carried = await adopting.stores.device.carried.toArray();
				const adoptions = await Promise.all(carried.map((each) => adoptionOf(adopting, each)));
				return adoptions.filter((adoption) => adoption !== null && isOpen(adoption)).length;
			};
		},
		adopt: (commits) => adopt({ ...speaking(), say }, commits)
	};
}

async function unsentIn(stores: Stores, org: OrgId): Promise<Unsent> {
	const { commits, refused } = await unsentFor(stores, org);
	const count = (of: typeof commits) => of.reduce((sum, each) => sum + each.entries.length, 0);
	return {
		entries: count(commits),
		refused: refused.length,
		receivers: (await receiversOf(stores, org)).length,
		handedOver: count(commits.filter(({ handedOver }) => handedOver)),
		photos: await ofState(stores.device, 'waiting').count()
	};
}

async function carriedIn(adopting: Adopting): Promise<readonly CarriedBundle[]> {
	const { device } = adopting.stores;
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
			// The newest come first.
			refusals: [...(await refusalOf(adopting, record)), ...(before?.refusals ?? [])]
		});
	}
	return [...found.values()];
}

async function refusalOf(
	adopting: Adopting,
	record: CarriedRecord
): Promise<readonly RefusedCommit[]> {
	const { commit, kinds, refusal } = record;
	if (refusal === undefined) return [];
	const bodies = entriesIn(refusal.entries).map(({ body }) => body);
	const adoption = await adoptionOf(adopting, record);
	return [{ commit, kind: kinds[0] ?? '', reason: refusal.reason, bodies, adoption }];
}
