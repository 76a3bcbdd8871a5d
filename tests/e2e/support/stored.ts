/** Everything a page's origin has stored in IndexedDB, as text to search in. */
import type { Page } from '@playwright/test';

/** Database name to the text of all its records. */
export function stored(page: Page): Promise<Record<string, string>> {
	return page.evaluate(async () => {
		const found: Record<string, string> = {};
		for (const { name } of await indexedDB.databases()) {
			if (name === undefined) continue;
			const db = await opened(name);
			const parts: string[] = [];
			for (const store of db.objectStoreNames) parts.push(...(await recordsOf(db, store)));
			db.close();
			found[name] = parts.join('\n');
		}
		return found;

		function opened(name: string): Promise<IDBDatabase> {
			return new Promise((resolve, reject) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		}

		function recordsOf(db: IDBDatabase, store: string): Promise<string[]> {
			return new Promise((resolve, reject) => {
				const request = db.transaction(store).objectStore(store).getAll();
				request.onsuccess = () => resolve(request.result.map(textOf));
				request.onerror = () => reject(request.error);
			});
		}

		/** Replicas are bytes: what can be read in them is read. */
		function textOf(value: unknown): string {
			return JSON.stringify(value, (_key, part: unknown) => {
				if (ArrayBuffer.isView(part)) return new TextDecoder().decode(part);
				if (part instanceof ArrayBuffer) return new TextDecoder().decode(part);
				return part;
			});
		}
	});
}
