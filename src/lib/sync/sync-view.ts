/** What the sync chip and its sheet are made of, from the status and the outbox alone. */
import type { Stores } from '#lib/outbox/overlay.ts';
import type { Query } from '#lib/rows/queries.ts';
import type { SyncState } from '#lib/ui/sync.ts';
import { ofState } from '#lib/media/of-state.ts';
import { leftDrafts } from '#lib/outbox/left-here.ts';
import { unsentHere } from '#lib/outbox/unsent.ts';
import { readStatus, type SyncReason, type SyncStatus } from './sync-status.ts';

export interface SyncView {
	readonly sync: SyncState;
	/** Entries that the relay has not answered. */
	readonly waiting: number;
	/** When the oldest of them was said. */
	readonly waitingSince: number | null;
	/** Photos, signatures and voice notes that the relay does not have yet, counted apart (R8). */
	readonly photos: number;
	/** Why some of them are put aside; the records are not held up by it. */
	readonly photoProblem: string | null;
	/** Entries that need their author, and drafts whose records left. */
	readonly trouble: number;
	readonly lastSuccess: number | null;
	readonly reason: SyncReason | null;
	/** A first sync, or rows being built anew. */
	readonly progress: SyncStatus['progress'];
}

export const unknownSync: SyncView = {
	sync: { is: 'unknown' },
	waiting: 0,
	waitingSince: null,
	photos: 0,
	photoProblem: null,
	trouble: 0,
	lastSuccess: null,
	reason: null,
	progress: null
};

export function syncView({ device, rows }: Stores): Query<SyncView> {
	return async () => {
		const [status, unsent, open, left, photos, aside] = await Promise.all([
			readStatus(rows),
			unsentHere(device),
			device.attention.where('state').equals('open').count(),
			leftDrafts({ device, rows })(),
			ofState(device, 'waiting').count(),
			ofState(device, 'waiting')
				.filter(({ problem }) => problem !== undefined)
				.first()
		]);
		const trouble = open + left.begun.length + (left.forgotten.length > 0 ? 1 : 0);
		const { entries: waiting, since: waitingSince } = unsent;
		const { lastSuccess, reason, progress } = status;
		const sync = stateOf(status, { waiting, trouble, photos });
		const photoProblem = aside?.problem ?? null;
		return {
			sync,
			waiting,
			waitingSince,
			photos,
			photoProblem,
			trouble,
			lastSuccess,
			reason,
			progress
		};
	};
}

function stateOf(
	{ net, reason, lastSuccess }: SyncStatus,
	{ waiting, trouble, photos }: Pick<SyncView, 'waiting' | 'trouble' | 'photos'>
): SyncState {
	if (reason === 'revoked') return { is: 'stopped', n: waiting };
	if (trouble > 0) return { is: 'trouble', n: trouble };
	if (net === 'offline') return { is: 'offline', n: waiting };
	if (net === 'sending' && waiting > 0) return { is: 'sending', n: waiting };
	if (waiting > 0) return { is: 'waiting', n: waiting };
	if (photos > 0) return { is: 'photos', n: photos };
	if (net === 'unknown' || lastSuccess === null) return { is: 'unknown' };
	return { is: 'synced', at: lastSuccess };
}
