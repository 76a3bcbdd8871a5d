/** What a failed write means to the person: no room left, or a device that cannot store. */
import { Dexie } from 'dexie';

const storageErrors = new Set<string>(Object.values(Dexie.errnames));

/** Null for an error that is no storage problem. The cause may stand inside an aborted transaction. */
export function storageProblem(cause: unknown): 'storage-full' | 'storage-broken' | null {
	let found: 'storage-broken' | null = null;
	for (let error: unknown = cause; error instanceof Error; error = innerOf(error)) {
		if (error.name === 'QuotaExceededError') return 'storage-full';
		if (storageErrors.has(error.name) || error instanceof DOMException) found = 'storage-broken';
	}
	return found;
}

function innerOf(error: Error): unknown {
	return 'inner' in error ? error.inner : undefined;
}
