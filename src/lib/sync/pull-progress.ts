/** How far a first sync or a rebuild is, for the screen that shows it. */
import type { RowsDb } from '#lib/rows/rows-db.ts';
import { writeStatus, type SyncStatus } from './sync-status.ts';

export interface PullProgress {
	begin(stage: NonNullable<SyncStatus['progress']>['stage'], total: number): Promise<void>;
	folded(elements: number): Promise<void>;
	end(): Promise<void>;
}

export function pullProgress(rows: RowsDb): PullProgress {
	/** Undefined at first: a tab that was killed may have left one. */
	let progress: SyncStatus['progress'] | undefined;
	return {
		async begin(stage, total) {
			progress = { stage, done: 0, total };
			await writeStatus(rows, { progress });
		},
		async folded(elements) {
			if (!progress) return;
			progress = { ...progress, done: progress.done + elements };
			await writeStatus(rows, { progress });
		},
		async end() {
			if (progress === null) return;
			progress = null;
			await writeStatus(rows, { progress });
		}
	};
}
