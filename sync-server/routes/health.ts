/** `/healthz`, `/readyz` and `/metrics`: is it alive, can it store, what has it done. */
import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, Registry } from 'prom-client';
import { isDiskFull } from '#domain/operations.ts';
import { addressOf, slowDown, type App } from '../http/app.ts';
import type { Rates } from '../http/rates.ts';
import type { Deliver } from '../judging/deliver.ts';
import type { Sync } from '../sockets/sync.ts';
import type { Store } from '../store/store.ts';

export interface HealthParts {
	readonly store: Store;
	readonly deliver: Deliver;
	readonly sync: Pick<Sync, 'counts'>;
	readonly rates: Pick<Rates, 'health'>;
	/** False while the relay is stopping. */
	readonly isOpen: () => boolean;
	/** The free share of the disk that holds the store, 0 to 1. */
	readonly freeShare: () => Promise<number>;
}

const SECOND_MS = 1_000;

/** The free share of the disk under a folder. */
export async function freeShareOf(folder: string): Promise<number> {
	const { bavail, blocks } = await statfs(folder);
	return bavail / blocks;
}

/** Adds the three routes; answers what stops their measuring. */
export function healthRoutes(app: App, parts: HealthParts): () => void {
	const { store, rates, isOpen, freeShare } = parts;
	const delay = monitorEventLoopDelay({ resolution: 20 });
	delay.enable();
	const measured = gauges(parts, delay);
	const lacking = onceASecond(lackOf);
	for (const path of ['/healthz', '/readyz', '/metrics'])
		app.use(path, async (context, next) => {
			const wait = await rates.health(addressOf(context));
			return wait > 0 ? slowDown(context, wait) : next();
		});
	app.get('/healthz', (context) => context.text('ok\n'));
	app.get('/readyz', async (context) => {
		const lack = isOpen() ? await lacking() : 'stopping';
		return lack === null ? context.text('ready\n') : context.text(`not ready: ${lack}\n`, 503);
	});
	app.get('/metrics', async (context) => {
		const { text, contentType } = await measured();
		return context.text(text, 200, { 'content-type': contentType });
	});
	return () => delay.disable();

	async function lackOf(): Promise<'store' | 'disk' | null> {
		if (!(await canWrite(store))) return 'store';
		return isDiskFull({ freeShare: await freeShare() }) ? 'disk' : null;
	}
}

/** [R4] However many ask at once or within a second, they are told the same. */
function onceASecond<T>(ask: () => Promise<T>): () => Promise<T> {
	let answer: Promise<T> | null = null;
	return () =>
		(answer ??= ask().finally(() => setTimeout(() => (answer = null), SECOND_MS).unref()));
}

/** Writes and takes it back: who asks costs the disk nothing. */
async function canWrite(store: Store): Promise<boolean> {
	let isWritten = false;
	try {
		await store.transaction(async (tx) => {
			await tx.setMeta('probe', '');
			isWritten = true;
			throw new TakenBack();
		});
	} catch (cause) {
		return isWritten && cause instanceof TakenBack;
	}
	return false;
}

class TakenBack extends Error {}

type Delay = ReturnType<typeof monitorEventLoopDelay>;

/** Everything is measured when it is asked for: between two questions it costs nothing. */
function gauges(
	parts: HealthParts,
	delay: Delay
): () => Promise<{ readonly text: string; readonly contentType: string }> {
	const { deliver, sync, freeShare } = parts;
	const registry = new Registry();
	// Summed up over all sockets: once for each question.
	let sockets = sync.counts;
	const gauge = (name: string, help: string, measure: () => number | Promise<number>) =>
		new Gauge({
			name: `lxq_${name}`,
			help,
			registers: [registry],
			async collect() {
				this.set(await measure());
			}
		});
	for (const name of namesOf(deliver.counts))
		gauge(`entries_${snake(name)}`, `Entries: ${name}`, () => Number(deliver.counts[name]));
	for (const name of namesOf(sockets))
		gauge(`sync_${snake(name)}`, `Sockets: ${name}`, () => Number(sockets[name]));
	gauge('event_loop_delay_p99_ms', 'p99 of the event loop since the last question', () => {
		const p99 = delay.percentile(99) / 1e6;
		delay.reset();
		return p99;
	});
	gauge('disk_free_share', 'Free share of the disk that holds the store, 0 to 1', freeShare);
	gauge('heap_bytes', 'Heap in use', () => process.memoryUsage().heapUsed);
	gauge('resident_bytes', 'Resident memory', () => process.memoryUsage.rss());
	gauge('uptime_seconds', 'Seconds since the start', () => process.uptime());
	return async () => {
		sockets = sync.counts;
		return { text: await registry.metrics(), contentType: registry.contentType };
	};
}

function namesOf<T extends object>(counts: T): (keyof T & string)[] {
	return Object.keys(counts).filter((name): name is keyof T & string => name in counts);
}

function snake(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
