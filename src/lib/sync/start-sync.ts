/** The page's side of the syncing worker. */
import type { TabRole } from './leader.ts';
import type { Order } from './sync.worker.ts';

export interface SyncStart {
	readonly id: string;
	readonly person: string;
	readonly version: string;
	readonly onRole: (role: TabRole) => void;
}

export interface SyncHandle {
	nudge(): void;
	stop(): Promise<void>;
}

export function startSync({ id, person, version, onRole }: SyncStart): SyncHandle {
	const worker = new Worker(new URL('./sync.worker.ts', import.meta.url), { type: 'module' });
	const tell = (order: Order) => worker.postMessage(order);
	worker.addEventListener('message', ({ data }: MessageEvent<{ readonly role?: TabRole }>) => {
		if (data.role) onRole(data.role);
	});
	tell({ do: 'start', id, person, version });

	const nudge = () => tell({ do: 'nudge' });
	const seen = () => document.visibilityState === 'visible' && nudge();
	window.addEventListener('online', nudge);
	document.addEventListener('visibilitychange', seen);
	return {
		nudge,
		async stop() {
			window.removeEventListener('online', nudge);
			document.removeEventListener('visibilitychange', seen);
			// The worker closes itself once it has put everything down.
			tell({ do: 'stop' });
		}
	};
}
