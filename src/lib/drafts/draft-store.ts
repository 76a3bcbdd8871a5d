/** Drafts of forms, by form and record, in the device database; who has unsaved changes right now. */
import type { DeviceDb, DraftRecord } from '#lib/device/device-db.ts';
import type { RecordId } from '#domain/ids.ts';
import type { Query } from '#lib/rows/queries.ts';

/** A form that is open on the screen. */
export interface OpenForm {
	readonly key: string;
	isDirty(): boolean;
	flush(): Promise<boolean>;
	/** Writes what is on the screen, though it was written before. */
	rewrite(): Promise<boolean>;
	stop(): void;
}

export interface DraftStore {
	readonly now: () => number;
	read(key: string): Promise<DraftRecord | undefined>;
	write(draft: Omit<DraftRecord, 'form' | 'savedAt'>): Promise<number>;
	remove(key: string): Promise<void>;
	list(): Query<readonly DraftRecord[]>;
	/** The ordinal that own waiting entries about a record lie on; none where none wait. */
	foldedUnder(record: RecordId): Promise<number | undefined>;
	/** Announces an open form; answers what takes it off again. */
	open(form: OpenForm): () => void;
	dirtyForms(): number;
	/** Writes what is typed; answers whether all of it is written. */
	flushForms(): Promise<boolean>;
	/** Where they were written to may have been cleared. */
	rewriteForms(): Promise<void>;
	/** What the form of this key has typed is written before it is said … */
	settle(key: string): Promise<void>;
	/** … and nothing of it is written after. */
	end(key: string): void;
}

/** The key of a visit that is being written: to a door, or without one. */
export function visitDraft(door: RecordId | 'meeting'): string {
	return `visit:${door}`;
}

/** Stands in a draft's key before the commit that it mends. */
export const MEND = 'mend-';

/** The form in which the draft of a visit is gone on with; `about` is what its key names. */
export function visitFormOf(about: string): string {
	const query = about.startsWith(MEND) ? `mend=${about.slice(MEND.length)}` : `household=${about}`;
	return `/visit/new?${query}`;
}

/** Before anybody is here there are drafts, and nothing to lie on rows. */
export type DraftsDb = Pick<DeviceDb, 'drafts'> & Partial<Pick<DeviceDb, 'overlay'>>;

/** Of one person's database; the forms that are `open` on the page are known across persons. */
export function draftStore(
	db: () => DraftsDb,
	now: () => number,
	open = new Set<OpenForm>()
): DraftStore {
	const formsOf = (key: string) => [...open].filter((form) => form.key === key);
	return {
		now,
		read: (key) => db().drafts.get(key),
		async write(draft) {
			const savedAt = now();
			const form = draft.key.split(':', 1)[0] ?? draft.key;
			await db().drafts.put({ ...draft, form, savedAt });
			return savedAt;
		},
		remove: (key) => db().drafts.delete(key),
		foldedUnder: async (record) => (await db().overlay?.get(record))?.baseN,
		list: () => async () => {
			const drafts = await db().drafts.toArray();
			return drafts.sort((a, b) => b.savedAt - a.savedAt);
		},
		open(form) {
			open.add(form);
			return () => open.delete(form);
		},
		dirtyForms: () => [...open].filter((form) => form.isDirty()).length,
		async flushForms() {
			const written = await Promise.all([...open].map((form) => form.flush()));
			return written.every(Boolean);
		},
		async rewriteForms() {
			await Promise.all([...open].map((form) => form.rewrite()));
		},
		async settle(key) {
			await Promise.all(formsOf(key).map((form) => form.flush()));
		},
		end(key) {
			for (const form of formsOf(key)) {
				form.stop();
				open.delete(form);
			}
		}
	};
}
