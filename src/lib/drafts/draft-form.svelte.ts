/** A form's value as runes, kept as a draft: saved within a second, laid in again after a kill (O1). */
import { untrack } from 'svelte';
import type { Row } from '#domain/family.ts';
import { changedSince, type ChangedSince } from './changed-since.ts';
import { draftSaver } from './draft-saver.ts';
import type { DraftStore } from './draft-store.ts';

export interface DraftFormOptions<T> {
	/** `<form>:<record or subject>`. */
	readonly key: string;
	readonly schemaVersion: number;
	readonly initial: () => T;
	/** The record being edited. */
	readonly of?: () => Pick<Row, 'record' | 'n'> | null | undefined;
	/** What this form would begin with now; absent where nobody else changes what it holds. */
	readonly base?: () => T;
	/** Turns the value of an older schema into today's; null gives it up. */
	readonly migrate?: ((value: unknown, schemaVersion: number) => T | null) | undefined;
}

/** How a form began. */
export interface Begun<T> {
	/** Only what differs from it was changed here. */
	readonly base: T;
	/** [E4] The ordinal of the record that was in view. */
	readonly seen: number | undefined;
}

export interface DraftForm<T> extends Begun<T> {
	readonly key: string;
	value: T;
	readonly changedSince: readonly ChangedSince[];
	/** False until a stored draft, if there is one, has been laid in. */
	readonly ready: boolean;
	readonly restored: { readonly savedAt: number } | null;
	readonly savedAt: number | null;
	/** The last save failed: say so, keep the form open. */
	readonly failed: boolean;
	readonly isDirty: boolean;
	flush(): Promise<boolean>;
	discard(): Promise<void>;
	close(): void;
}

/** What whoever says a correction has to know of its form. */
export type Corrected = Pick<DraftForm<object>, 'key' | 'seen'>;

/** Call while a component is being made. */
export function createDraftForm<T extends object>(
	store: DraftStore,
	options: DraftFormOptions<T>
): DraftForm<T> {
	const { key, schemaVersion, initial, migrate } = options;
	const baseNow = options.base ?? initial;
	let value = $state(initial());
	let base = $state.raw(baseNow());
	let seen = $state(options.of?.()?.n);
	let ready = $state(false);
	let restored = $state.raw<DraftForm<T>['restored']>(null);
	let savedAt = $state<number | null>(null);
	let failed = $state(false);
	let untouched = JSON.stringify(initial());
	let stored = untouched;

	const saver = draftSaver(
		store,
		() => ({ key, schemaVersion, baseRev: seen, ...(options.base === undefined ? {} : { base }) }),
		(at) => {
			savedAt = at;
			failed = false;
		},
		() => (failed = true)
	);
	const isDirty = () => JSON.stringify(value) !== untouched;
	const takeOff = store.open({
		key,
		isDirty: () => untrack(isDirty),
		flush: saver.flush,
		async rewrite() {
			if (!untrack(isDirty)) return true;
			saver.touch(JSON.parse(JSON.stringify(untrack(() => value))));
			return saver.flush();
		},
		stop: saver.stop
	});

	$effect(() => {
		const now = JSON.stringify(value);
		if (!ready || now === stored) return;
		stored = now;
		saver.touch(JSON.parse(now));
	});
	$effect(() => {
		const saveNow = () => void saver.flush();
		document.addEventListener('visibilitychange', saveNow);
		window.addEventListener('pagehide', saveNow);
		return () => {
			document.removeEventListener('visibilitychange', saveNow);
			window.removeEventListener('pagehide', saveNow);
			void saver.flush();
			takeOff();
		};
	});
	layIn().catch(() => {
		// What is stored cannot be read: the form opens empty, and says that it cannot keep drafts.
		failed = true;
		ready = true;
	});

	async function layIn(): Promise<void> {
		await see();
		const draft = await store.read(key);
		if (draft !== undefined) {
			const isSame = draft.schemaVersion === schemaVersion;
			// A draft of this schema version was written from a T.
			const known = isSame
				? (draft.value as T)
				: (migrate?.(draft.value, draft.schemaVersion) ?? null);
			if (known !== null) {
				value = known;
				stored = JSON.stringify(known);
				savedAt = draft.savedAt;
				restored = { savedAt: draft.savedAt };
				// Written from a T as well; drafts from before bases were kept have none.
				if (isSame && draft.base !== undefined) base = draft.base as T;
				seen = draft.baseRev;
			}
		}
		ready = true;
	}

	/** [E4] What was folded: own entries that wait lie on the row, and are no later than those of others. */
	async function see(): Promise<void> {
		const row = untrack(() => options.of?.());
		if (row) seen = Math.min(row.n, (await store.foldedUnder(row.record)) ?? row.n);
	}

	return {
		key,
		get value() {
			return value;
		},
		set value(next: T) {
			value = next;
		},
		get base() {
			return base;
		},
		get seen() {
			return seen;
		},
		get changedSince() {
			return options.base === undefined ? [] : changedSince(base, options.base());
		},
		get ready() {
			return ready;
		},
		get restored() {
			return restored;
		},
		get savedAt() {
			return savedAt;
		},
		get failed() {
			return failed;
		},
		get isDirty() {
			return isDirty();
		},
		flush: saver.flush,
		async discard() {
			await saver.flush();
			await store.remove(key);
			value = initial();
			base = baseNow();
			await see();
			untouched = JSON.stringify(value);
			stored = untouched;
			restored = null;
			savedAt = null;
		},
		close() {
			saver.stop();
			takeOff();
		}
	};
}
