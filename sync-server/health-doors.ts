/** `/healthz`, `/readyz` and `/metrics`: is it alive, can it store, what has it done. */
import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Deliver } from './deliver.ts';
import type { App } from './http.ts';
import type { Store } from './store-sqlite.ts';
import type { Sync } from './sync.ts';

export interface HealthParts {
	readonly store: Store;
	readonly deliver: Deliver;
	readonly sync: Sync;
	/** False while the relay is stopping. */
	readonly isOpen: () => boolean;
	/** The free share of the disk that holds the store, 0 to 1. */
	readonly freeShare: () => Promise<number>;
}

/** Below this share a clerk has to make room: a full disk takes no entry. */
const LEAST_FREE_SHARE = 0.1;

/** The free share of the disk under a folder. */
export async function freeShareOf(folder: string): Promise<number> {
	const { bavail, blocks } = await statfs(folder);
	return bavail / blocks;
}

/** Hangs the three doors; answers what stops their measuring. */
export function healthDoors(app: App, parts: HealthParts): () => void {
	const { store, deliver, sync, isOpen, freeShare } = parts;
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	app.get('/healthz', (context) => context.text('ok\n'));
	app.get('/readyz', async (context) => {
		const lack = await lackOf();
		return lack === null ? context.text('ready\n') : context.text(`not ready: ${lack}\n`, 503);
	});
	app.get('/metrics', async (context) => {
		const { heapUsed, rss } = process.memoryUsage();
		const values: Readonly<Record<string, number>> = {
			...prefixed('entries', deliver.counts),
			...prefixed('sync', sync.counts),
			event_loop_delay_p99_ms: delay.percentile(99) / 1e6,
			disk_free_share: await freeShare(),
			heap_bytes: heapUsed,
			resident_bytes: rss,
			uptime_seconds: process.uptime()
		};
		const lines = Object.entries(values).map(([name, value]) => `lxq_${name} ${value}\n`);
		return context.text(lines.join(''));
	});
	return () => delay.disable();

	async function lackOf(): Promise<'stopping' | 'store' | 'disk' | null> {
		if (!isOpen()) return 'stopping';
		if (!canWrite(store)) return 'store';
		return (await freeShare()) < LEAST_FREE_SHARE ? 'disk' : null;
	}
}

/** Writes and takes it back: who asks costs the disk nothing. */
function canWrite(store: Store): boolean {
	let isWritten = false;
	try {
		store.transaction(() => {
			store.setMeta('probe', '');
			isWritten = true;
			throw new TakenBack();
		});
	} catch (cause) {
		return isWritten && cause instanceof TakenBack;
	}
	return false;
}

class TakenBack extends Error {}

function prefixed(prefix: string, counts: object): Record<string, number> {
	const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
	return Object.fromEntries(
		Object.entries(counts).map(([name, value]) => [`${prefix}_${snake(name)}`, Number(value)])
	);
}
