/** Notes whose last words could not be written: a form differs from its beginning though all of it is kept. */
import type { DraftStore } from './drafts/draft-store.ts';

/** The store, which puts into `unwritten` the keys of drafts whose last write failed. */
export function noticing(store: DraftStore, unwritten: Set<string>): DraftStore {
	return {
		...store,
		async write(draft) {
			try {
				const savedAt = await store.write(draft);
				unwritten.delete(draft.key);
				return savedAt;
			} catch (cause) {
				unwritten.add(draft.key);
				throw cause;
			}
		},
		async remove(key) {
			await store.remove(key);
			unwritten.delete(key);
		},
		end(key) {
			store.end(key);
			unwritten.delete(key);
		}
	};
}

/** Writes what is typed; answers whether all of it is written. */
export async function writeAll(
	store: DraftStore,
	unwritten: ReadonlySet<string>
): Promise<boolean> {
	await store.flushForms();
	return unwritten.size === 0;
}
