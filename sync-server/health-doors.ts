/** `/healthz`, `/readyz` and `/metrics`: is it alive, can it store, what has it done. */
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
}

/** Hangs the three doors; answers what stops their measuring. */
export function healthDoors(app: App, { store, deliver, sync, isOpen }: HealthParts): () => void {
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	app.get('/healthz', (context) => context.text('ok\n'));
	app.get('/readyz', (context) => {
		const isReady = isOpen() && canRead(store);
		return context.text(isReady ? 'ready\n' : 'not ready\n', isReady ? 200 : 503);
	});
	app.get('/metrics', (context) => {
		const { heapUsed, rss } = process.memoryUsage();
		const values: Readonly<Record<string, number>> = {
			...prefixed('entries', deliver.counts),
			...prefixed('sync', sync.counts),
			event_loop_delay_p99_ms: delay.percentile(99) / 1e6,
			heap_bytes: heapUsed,
			resident_bytes: rss,
			uptime_seconds: process.uptime()
		};
		const lines = Object.entries(values).map(([name, value]) => `lxq_${name} ${value}\n`);
		return context.text(lines.join(''));
	});
	return () => delay.disable();
}

function canRead(store: Store): boolean {
	try {
		store.meta('epoch');
		return true;
	} catch {
		// A store that cannot be read is exactly what this door reports.
		return false;
	}
}

function prefixed(prefix: string, counts: object): Record<string, number> {
	const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
	return Object.fromEntries(
		Object.entries(counts).map(([name, value]) => [`${prefix}_${snake(name)}`, Number(value)])
	);
}
