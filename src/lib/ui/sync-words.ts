/** The words of the sync states. */
import { m } from '#lib/i18n/index.ts';
import type { SyncState } from './sync.ts';

/** What the chip says. */
export function syncWords(sync: SyncState): string {
	switch (sync.is) {
		case 'synced':
			return m.sync.synced;
		case 'waiting':
			return m.sync.waiting(sync.n);
		case 'photos':
			return m.sync.photosWaiting(sync.n);
		case 'sending':
			return m.sync.sending(sync.n);
		case 'offline':
			return m.sync.offline(sync.n);
		case 'trouble':
			return m.sync.trouble(sync.n);
		case 'stopped':
			return m.sync.stopped(sync.n);
		case 'unknown':
			return m.sync.unknown;
	}
}
