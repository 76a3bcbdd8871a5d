/** One shared draft open on this page: its text, what is typed into it, who else is at it (O1). */
import { v7 } from 'uuid';
import { applyUpdate, Doc, encodeStateAsUpdate, type Text, type YTextEvent } from 'yjs';
import type { RecordId } from '#domain/ids.ts';
import type { DeviceDb } from '#lib/device/device-db.ts';
import { sharedLine, STILL_OPEN_MS, type Other, type Told } from './shared-line.ts';
import { keepShared } from './shared-store.ts';
import type { Difference, Step } from './text-difference.ts';

/** Milliseconds of quiet before a save; while typing goes on, a save still happens every second. */
const QUIET_MS = 300;
const LONGEST_MS = 900;
/** Who typed within this is writing. */
const WRITING_MS = 5_000;

export interface SharedText {
	readonly text: string;
	readonly others: readonly Other[];
	/** The last save failed. */
	readonly failed: boolean;
	/** What was typed here, against the text as it stands. */
	change(difference: Difference): void;
	/** While a word is being composed, what others write waits. Answers what lets it in again. */
	hold(): () => void;
	/** Hears every change; `steps` where somebody else made it. */
	onChange(listener: (steps: readonly Step[] | null) => void): () => void;
	flush(): Promise<void>;
	close(): Promise<void>;
}

export interface SharedTextParts {
	readonly db: DeviceDb;
	/** `lxq-<realm8>-<person>`. */
	readonly prefix: string;
	readonly record: RecordId;
	readonly of: RecordId;
	readonly now: () => number;
}

export async function openSharedText(parts: SharedTextParts): Promise<SharedText> {
	const { db, prefix, record, of, now } = parts;
	const doc = new Doc();
	const text = doc.getText('text');
	const stored = await db.shared.get(record);
	if (stored !== undefined) applyUpdate(doc, stored.update);
	const listeners = new Set<(steps: readonly Step[] | null) => void>();
	const held: Uint8Array[] = [];
	let holds = 0;
	let others: readonly Other[] = [];
	let typedAt = -Infinity;
	let failed = false;
	let isOwn = false;
	let isErased = false;
	let since = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let saving = Promise.resolve();

	const by = v7();
	const line = sharedLine(prefix, hear);
	const isWriting = () => now() - typedAt < WRITING_MS;
	const sayOpen = () =>
		line.tell({
			is: 'open',
			record,
			by,
			of,
			update: encodeStateAsUpdate(doc),
			isWriting: isWriting()
		});
	const beat = setInterval(sayOpen, STILL_OPEN_MS);

	function hear(told: Told): void {
		if (told.record !== record) return;
		if (told.is === 'update' || told.is === 'open') takeIn(told.update);
		if (told.is === 'erased') forget();
		if (told.is !== 'others') return;
		others = told.others;
		for (const listener of listeners) listener(null);
	}

	/** [A4] What was erased is not shown any more, and never saved again. */
	function forget(): void {
		isErased = true;
		doc.transact(() => text.delete(0, text.length), line);
	}

	function takeIn(update: Uint8Array): void {
		if (holds > 0) held.push(update);
		else applyUpdate(doc, update, line);
	}

	text.observe((event: YTextEvent, { local }) => {
		for (const listener of listeners) listener(local ? null : event.delta);
	});
	doc.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin === line) return;
		line.tell({ is: 'update', record, update });
		isOwn = true;
		const wasWriting = isWriting();
		typedAt = now();
		if (!wasWriting) sayOpen();
		saveSoon();
	});

	function saveSoon(): void {
		if (timer === undefined) since = Date.now();
		clearTimeout(timer);
		const left = LONGEST_MS - (Date.now() - since);
		timer = setTimeout(() => void flush(), Math.max(0, Math.min(QUIET_MS, left)));
	}

	function flush(): Promise<void> {
		clearTimeout(timer);
		timer = undefined;
		saving = saving.then(save);
		return saving;
	}

	async function save(): Promise<void> {
		if (!isOwn || isErased) return;
		isOwn = false;
		try {
			const update = encodeStateAsUpdate(doc);
			await keepShared(db, { record, of, update, now: now() }, { own: true });
			failed = false;
			// Whoever syncs looks again.
			sayOpen();
		} catch (cause) {
			if (!(cause instanceof Error)) throw cause;
			// Kept for the next change or flush; the page shows that it is not saved.
			isOwn = true;
			failed = true;
		}
		for (const listener of listeners) listener(null);
	}

	sayOpen();
	return {
		get text() {
			return text.toString();
		},
		get others() {
			return others;
		},
		get failed() {
			return failed;
		},
		change({ at, removed, inserted }) {
			doc.transact(() => {
				const from = placeIn(text, at);
				const to = placeIn(text, at + removed);
				if (to > from) text.delete(from, to - from);
				if (inserted !== '') text.insert(from, inserted);
			});
		},
		hold() {
			holds += 1;
			let isHeld = true;
			return () => {
				if (!isHeld) return;
				isHeld = false;
				holds -= 1;
				if (holds === 0) for (const update of held.splice(0)) applyUpdate(doc, update, line);
			};
		},
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		flush,
		async close() {
			clearInterval(beat);
			await flush();
			line.tell({ is: 'closed', record, by });
			line.close();
			doc.destroy();
		}
	};
}

/** The place in the document of one in the text: what is no text there (a picture, a mark) has none. */
function placeIn(text: Text, at: number): number {
	let place = 0;
	let read = 0;
	// Yjs types what a delta inserts as any: a string, or an object that the text does not show.
	for (const { insert } of text.toDelta() as readonly { insert: unknown }[]) {
		const length = typeof insert === 'string' ? insert.length : 0;
		if (length > 0 && read + length >= at) return place + at - read;
		read += length;
		place += length > 0 ? length : 1;
	}
	return place;
}
