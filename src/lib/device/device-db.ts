/** The database of one person on this installation that is never dropped: keys, outbox, drafts (D1). */
import { Dexie, type Table } from 'dexie';
import type { Action, Reason } from '#domain/element.ts';
import type { DeviceId, EntryId, OrgId, PersonId, RecordId } from '#domain/ids.ts';
import type { MediaName, MediaType } from '#domain/media.ts';
import type { Actor } from '#domain/people.ts';
import type { PublicKey, Receipt } from '#domain/wire.ts';
import type { Columns } from '#lib/rows/columns.ts';

/** [D1] The private key is non-extractable: IndexedDB keeps the CryptoKey itself. */
export interface KeyRecord {
	readonly id: 'device';
	readonly device: DeviceId;
	readonly realm: string;
	readonly privateKey: CryptoKey;
}

export interface OutboxEntry {
	readonly id: EntryId;
	readonly record: RecordId;
	readonly kind: string;
	readonly at: number;
	readonly text: string;
	readonly sig: string;
}

export interface OutboxCommit {
	/** [O4] Local order. */
	readonly local?: number;
	readonly commit: EntryId;
	readonly createdAt: number;
	/** Not handed in before this moment: held for 撤回, or answered *later*. */
	readonly notBefore: number;
	readonly state: 'waiting' | 'sending' | 'received' | 'later';
	readonly records: readonly RecordId[];
	readonly entries: readonly OutboxEntry[];
	readonly actor: Actor;
	/** [R8] Photos, signatures and voice notes its entries name. */
	readonly media?: readonly MediaName[] | undefined;
	/** The draft this commit replaced, until it is handed in (F5). */
	readonly draft?: DraftRecord | undefined;
	/** [O5] It left this device in a bundle: others hold it too, so that it is not taken back any more. */
	readonly handedOver?: true | undefined;
	/** [R6] The store lost it and cannot take it back: what is folded of it here stands nowhere else. */
	readonly isLost?: true | undefined;
	/** Of its entries, those that were received and are read in no ledger of this device's scope (D2). */
	readonly elsewhere?: readonly EntryId[] | undefined;
	/** [O5] Carried for another device, in whose name it is handed in; absent for what was said here. */
	readonly from?: { readonly device: DeviceId; readonly person: PersonId } | undefined;
}

/** [F1] A base row with the own outbox on top. */
export interface OverlayRecord extends Columns {
	readonly stage: 'waiting' | 'received';
	/** `n` of the base row it was laid on. */
	readonly baseN: number;
	/** [O5] Whose device the newest of it came from, where that was carried here. */
	readonly carriedFor?: PersonId | undefined;
}

/** [O5] A commit that came here in a bundle; kept after it left the outbox, so that it is not taken twice. */
export interface CarriedRecord {
	readonly commit: EntryId;
	/** The hash that names the bundle. */
	readonly bundle: string;
	readonly person: PersonId;
	readonly takenAt: number;
	readonly kinds: readonly string[];
	/** What the relay did not take, before or after it came here: for the desk to say anew (J6). */
	readonly refusal?: { readonly reason: Reason; readonly entries: readonly OutboxEntry[] };
	/** [J6] The commit in which this device said it anew. */
	readonly adopted?: EntryId;
}

/** [O5] What bundles to this desk are opened with; the private half is non-extractable. */
export interface DeskKeyRecord {
	readonly org: OrgId;
	/** The record that publishes the public half. */
	readonly record: RecordId;
	readonly privateKey: CryptoKey;
	readonly publicKey: PublicKey;
	readonly isPublished: boolean;
}

export interface ReceiptRecord {
	readonly entry: EntryId;
	readonly record: RecordId;
	readonly receipt: Receipt;
}

/** [O2, J3] What its author has to see: kept with its text until it is settled, and after it while its record is here. */
export interface AttentionRecord {
	readonly entry: EntryId;
	readonly commit: EntryId;
	readonly record: RecordId;
	readonly kind: string;
	readonly at: number;
	readonly verdict: 'refused' | 'noted';
	readonly reason: Reason;
	readonly action?: Action | undefined;
	readonly text: string;
	readonly sig: string;
	readonly state: 'open' | 'settled';
}

export interface DraftRecord {
	readonly key: string;
	/** The part of the key before the first colon. */
	readonly form: string;
	readonly schemaVersion: number;
	readonly baseRev?: number | undefined;
	/** What the form began with. */
	readonly base?: unknown;
	readonly value: unknown;
	readonly savedAt: number;
}

/** [R8] A photo, signature or voice note, apart from the records that name it. */
export interface MediaRecord {
	readonly sha256: MediaName;
	/** Named by a form; waiting for the relay; there; come from there. */
	readonly state: 'draft' | 'waiting' | 'sent' | 'fetched';
	readonly type: MediaType;
	readonly size: number;
	/** Of a picture, a small one. */
	readonly thumb?: ArrayBuffer | undefined;
	readonly addedAt: number;
	/** Bytes that the relay has. */
	readonly have: number;
	readonly failures: number;
	readonly notBefore: number;
	/** The relay's code, or `gone` and `stuck`, while it is put aside. */
	readonly problem?: string | undefined;
}

export interface MediaBytes {
	readonly sha256: MediaName;
	readonly bytes: ArrayBuffer;
}

/** A second or so of what is being spoken, until it is a voice note. */
export interface SpokenPiece {
	/** Named by the draft of its form. */
	readonly recording: string;
	readonly n: number;
	/** Milliseconds that were recorded when it came. */
	readonly until: number;
	readonly bytes: ArrayBuffer;
	readonly at: number;
}

/** [O1] A shared draft as this device holds it. */
export interface SharedDraftRecord {
	readonly record: RecordId;
	/** The record whose readers write it. */
	readonly of: RecordId;
	/** All of it, as one Yjs update. */
	readonly update: Uint8Array;
	/** Counts what was typed here, and how far of that the relay has stored. */
	readonly version: number;
	readonly sent: number;
	readonly savedAt: number;
	/** Why the relay did not take the last of it. */
	readonly refusal?: string | undefined;
}

export type DeviceDb = Dexie & {
	readonly keys: Table<KeyRecord, string>;
	readonly outbox: Table<OutboxCommit, number>;
	readonly overlay: Table<OverlayRecord, string>;
	readonly receipts: Table<ReceiptRecord, string>;
	readonly attention: Table<AttentionRecord, string>;
	readonly drafts: Table<DraftRecord, string>;
	readonly media: Table<MediaRecord, string>;
	readonly mediaBytes: Table<MediaBytes, string>;
	readonly spoken: Table<SpokenPiece, [string, number]>;
	readonly state: Table<{ readonly key: string; readonly value: unknown }, string>;
	readonly carried: Table<CarriedRecord, string>;
	readonly deskKeys: Table<DeskKeyRecord, string>;
	readonly shared: Table<SharedDraftRecord, RecordId>;
};

/** `lxq-<first 8 of the realm>-<person>`: everything of one person begins with it. */
export function databasePrefix(realm: string, person: string): string {
	return `lxq-${realm.slice(0, 8)}-${person}`;
}

export function openDeviceDb(prefix: string): DeviceDb {
	// [O1] a commit is on the disk before anything says "saved"
	const db = new Dexie(prefix, { chromeTransactionDurability: 'strict' });
	db.version(1).stores({
		keys: 'id',
		outbox: '++local,&commit,state,*records',
		overlay: 'record,family',
		receipts: 'entry,record',
		attention: 'entry,state,record',
		drafts: 'key,form',
		state: 'key'
	});
	db.version(2).stores({ media: 'sha256,[state+addedAt]', mediaBytes: 'sha256' });
	db.version(3).stores({ carried: 'commit,bundle,takenAt', deskKeys: 'org' });
	db.version(4).stores({ shared: 'record,of' });
	db.version(5).stores({ outbox: '++local,&commit,state,*records,[state+entries.length]' });
	db.version(6).stores({ spoken: '[recording+n]' });
	// The tables named above are those of DeviceDb.
	return db as DeviceDb;
}
