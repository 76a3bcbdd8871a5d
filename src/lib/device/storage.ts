/** How much this origin stores and whether the browser promised to keep it. */
import { z } from 'zod';

export interface StorageState {
	readonly usage: number | null;
	readonly quota: number | null;
	readonly persisted: boolean;
	/** Of the usage, where the browser tells: what is recorded, and the app's own files. */
	readonly records: number | null;
	readonly app: number | null;
}

/** Asked for inside the first save, where browsers are most willing. */
export async function keepStorage(): Promise<boolean> {
	return (await storageManager()?.persist?.()) ?? false;
}

export async function storageState(): Promise<StorageState> {
	const manager = storageManager();
	const [estimate, persisted] = await Promise.all([manager?.estimate?.(), manager?.persisted?.()]);
	const details = detailsOf(estimate);
	return {
		records: details.indexedDB ?? null,
		app: details.caches ?? null,
		usage: estimate?.usage ?? null,
		quota: estimate?.quota ?? null,
		persisted: persisted ?? false
	};
}

/** Old engines have none, or half of one. */
function storageManager(): Partial<StorageManager> | undefined {
	return typeof navigator === 'undefined' ? undefined : navigator.storage;
}

/** Chromium alone tells what takes it; not in the standard library's types. */
function detailsOf(estimate: StorageEstimate | undefined): Record<string, number> {
	const told = estimate && 'usageDetails' in estimate ? estimate.usageDetails : {};
	return z.record(z.string(), z.number()).safeParse(told).data ?? {};
}
