/** What the sync chip and its sheet show; derived from the last real request, never from a guess. */
import type { TravelStep } from './travel.ts';

export type SyncState =
	| { readonly is: 'synced'; readonly at: number }
	| { readonly is: 'waiting'; readonly n: number }
	/** Every record is in, photos are on their way. */
	| { readonly is: 'photos'; readonly n: number }
	| { readonly is: 'sending'; readonly n: number }
	| { readonly is: 'offline'; readonly n: number }
	| { readonly is: 'trouble'; readonly n: number }
	/** The device was taken out of use: no network helps it. */
	| { readonly is: 'stopped'; readonly n: number }
	| { readonly is: 'unknown' };

export interface WaitingEntry {
	readonly id: string;
	readonly kind: 'visit' | 'demand' | 'service' | 'other';
	readonly title: string;
	readonly at: number;
	readonly travel: readonly TravelStep[];
	/** Why the relay did not take it, in words. */
	readonly note?: string;
}

export interface SyncReport {
	readonly sync: SyncState;
	readonly records: number;
	readonly photos: number;
	/** Why photos stay here for now; the records are not held up by it. */
	readonly photoNote?: string;
	readonly lastSuccess: number | null;
	/** Says more than the state alone: relay down, signed out. */
	readonly reason?: { readonly lead: string; readonly rest: string };
	readonly entries: readonly WaitingEntry[];
}
