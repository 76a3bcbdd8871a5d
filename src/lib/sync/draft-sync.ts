/**
 * The worker's side of shared drafts: what pages have open, and what was typed without a network, is brought to the
 * relay and back over the one socket, whichever screen is shown by then.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readAuthMessage } from 'y-protocols/auth';
import { messageYjsSyncStep1, messageYjsSyncStep2, writeSyncStep1 } from 'y-protocols/sync';
import { messageAuth, messageSync, WebsocketProvider } from 'y-websocket';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { z } from 'zod';
import type { RecordId } from '#domain/ids.ts';
import { GONE_MS, sharedLine, type Other, type Told } from '#lib/drafts/shared-line.ts';
import { isUnsent, keepShared, markSent, takesWriting } from '#lib/drafts/shared-store.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { channelName, type Multiplexer } from './multiplexer.ts';

const SAVE_MS = 800;
/** One that the relay denied is tried again after this. */
const DENIED_MS = 30_000;

export interface DraftSyncParts {
	readonly stores: Stores;
	readonly prefix: string;
	readonly person: string;
	readonly multiplexer: Multiplexer;
	/** Null until the relay was asked once. */
	readonly epoch: () => string | null;
	readonly now: () => number;
	readonly onTrouble: (cause: unknown) => void;
}

export interface DraftSync {
	/** Opens what is wanted or unsent, closes what is neither any more. */
	attend(): Promise<void>;
	close(): Promise<void>;
}

interface OpenDraft {
	readonly record: RecordId;
	readonly of: RecordId;
	readonly doc: Doc;
	readonly provider: WebsocketProvider;
	/** The version that the relay is being asked about. */
	asked: number | null;
	/** What it said no to since. */
	refusal: string | null;
	saving: ReturnType<typeof setTimeout> | undefined;
}

/** Somewhere on this device a draft is open. */
interface Wanted {
	readonly record: RecordId;
	readonly of: RecordId;
	readonly isWriting: boolean;
	readonly until: number;
}

const Present = z.object({ user: z.object({ person: z.string() }), writing: z.boolean() });

export function draftSync(parts: DraftSyncParts): DraftSync {
	const { stores, prefix, multiplexer, now, onTrouble } = parts;
	const { device, rows } = stores;
	const open = new Map<RecordId, OpenDraft>();
	/** By whoever has it open. */
	const wanted = new Map<string, Wanted>();
	const denied = new Map<RecordId, number>();
	let attending = Promise.resolve();
	let isClosed = false;
	const line = sharedLine(prefix, hear);
	const beat = setInterval(attendSoon, GONE_MS);

	function hear(told: Told): void {
		const held = open.get(told.record);
		if (told.is === 'update' && held) applyUpdate(held.doc, told.update, line);
		if (told.is === 'closed') wanted.delete(told.by);
		if (told.is !== 'open') return;
		const { record, by, of, isWriting } = told;
		wanted.set(by, { record, of, isWriting, until: now() + GONE_MS });
		if (held) {
			applyUpdate(held.doc, told.update, line);
			const writing = [...wanted.values()].some((each) => each.record === record && each.isWriting);
			held.provider.awareness.setLocalState({ writing });
			line.tell({ is: 'update', record, update: encodeStateAsUpdate(held.doc) });
			tellOthers(held);
		}
		attendSoon();
	}

	function attendSoon(): void {
		attend().catch(onTrouble);
	}

	function attend(): Promise<void> {
		attending = attending.then(attendNow, attendNow);
		return attending;
	}

	async function attendNow(): Promise<void> {
		for (const [by, { until }] of wanted) if (until < now()) wanted.delete(by);
		const epoch = parts.epoch();
		const kept = await device.shared.toArray();
		const unsent = kept.filter((each) => isUnsent(each) && each.refusal === undefined);
		const due = new Map([...wanted.values()].map(({ record, of }) => [record, of] as const));
		for (const each of unsent) if (await takesWriting(stores, each)) due.set(each.record, each.of);
		for (const held of [...open.values()]) if (!due.has(held.record)) await shut(held);
		if (isClosed || epoch === null || !multiplexer.isOpen()) return;
		for (const [record, of] of due) {
			const held = open.get(record) ?? (await openNow(record, of, epoch));
			if (held) await askFor(held);
		}
	}

	async function openNow(
		record: RecordId,
		of: RecordId,
		epoch: string
	): Promise<OpenDraft | undefined> {
		const isKnown = (await rows.rows.get(record)) !== undefined;
		if (!isKnown || now() < (denied.get(record) ?? 0)) return undefined;
		const doc = new Doc();
		const kept = await device.shared.get(record);
		if (kept !== undefined) applyUpdate(doc, kept.update);
		// The host is never asked for: the channel's name is all the multiplexer reads.
		const provider = new WebsocketProvider(
			'ws://relay',
			channelName(`shared/${record}`, epoch),
			doc,
			{
				connect: false,
				disableBc: true,
				WebSocketPolyfill: multiplexer.Channel
			}
		);
		provider.awareness.setLocalState({ writing: false });
		const held: OpenDraft = {
			record,
			of,
			doc,
			provider,
			asked: null,
			refusal: null,
			saving: undefined
		};
		open.set(record, held);
		listen(held);
		provider.connect();
		return held;
	}

	function listen(held: OpenDraft): void {
		const { record, doc, provider } = held;
		const handlers = provider.messageHandlers;
		const hearSync = handlers[messageSync];
		handlers[messageSync] = (encoder, decoder, ...rest) => {
			const step = decoding.peekVarUint(decoder);
			hearSync?.(encoder, decoder, ...rest);
			if (step === messageYjsSyncStep2) answered(held).catch(onTrouble);
			// After the answer to it, which holds all that the relay lacks.
			if (step === messageYjsSyncStep1) setTimeout(() => void askFor(held).catch(onTrouble), 0);
		};
		handlers[messageAuth] = (_encoder, decoder) =>
			readAuthMessage(decoder, doc, (_doc, words) => refused(held, words).catch(onTrouble));
		doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin === line) return;
			line.tell({ is: 'update', record, update });
			held.saving ??= setTimeout(() => void save(held).catch(onTrouble), SAVE_MS);
		});
		provider.awareness.on('change', () => tellOthers(held));
		provider.on('closed', () => {
			denied.set(record, now() + DENIED_MS);
			shut(held).catch(onTrouble);
		});
		provider.on('connection-close', () => (held.asked = null));
	}

	/** Asks the relay what it holds: its answer comes after all that was written before. */
	async function askFor(held: OpenDraft): Promise<void> {
		const { record, doc, provider } = held;
		const kept = await device.shared.get(record);
		if (kept === undefined || !isUnsent(kept) || held.asked !== null || !provider.synced) return;
		applyUpdate(doc, kept.update, line);
		held.asked = kept.version;
		held.refusal = null;
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, messageSync);
		writeSyncStep1(encoder, doc);
		provider.ws?.send(encoding.toUint8Array(encoder));
	}

	async function answered(held: OpenDraft): Promise<void> {
		const { record, asked, refusal } = held;
		if (asked === null) return;
		held.asked = null;
		await markSent(device, record, asked, refusal);
		if (refusal === null) await askFor(held);
	}

	async function refused(held: OpenDraft, words: string): Promise<void> {
		const { record } = held;
		const [code = 'refused'] = words.split(':', 1);
		// No verdict: the relay could not, for now. It is opened anew, and brought again.
		if (code === 'not-stored') return shut(held);
		held.refusal = code;
		if (code !== 'erased') return;
		await device.shared.delete(record);
		line.tell({ is: 'erased', record });
		await shut(held);
	}

	async function save(held: OpenDraft): Promise<void> {
		held.saving = undefined;
		const { record, of, doc } = held;
		const update = encodeStateAsUpdate(doc);
		await keepShared(device, { record, of, update, now: now() }, { own: false });
	}

	function tellOthers({ record, provider: { awareness } }: OpenDraft): void {
		const others = new Map<string, Other>();
		for (const state of awareness.getStates().values()) {
			const present = Present.safeParse(state).data;
			if (present === undefined || present.user.person === parts.person) continue;
			const { person } = present.user;
			const isWriting = present.writing || (others.get(person)?.isWriting ?? false);
			others.set(person, { person, isWriting });
		}
		line.tell({ is: 'others', record, others: [...others.values()] });
	}

	async function shut(held: OpenDraft): Promise<void> {
		if (open.get(held.record) !== held) return;
		open.delete(held.record);
		const { provider, doc, saving } = held;
		provider.destroy();
		provider.awareness.destroy();
		line.tell({ is: 'others', record: held.record, others: [] });
		if (saving !== undefined) {
			clearTimeout(saving);
			await save(held);
		}
		doc.destroy();
	}

	return {
		attend,
		async close() {
			isClosed = true;
			clearInterval(beat);
			await attending.catch(() => undefined);
			for (const held of [...open.values()]) await shut(held);
			line.close();
		}
	};
}
