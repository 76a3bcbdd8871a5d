/** Channels: one reader's place in one ledger, brought up to date from rows and then kept up frame by frame. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { LedgerName } from '#domain/ledgers.ts';
import { clockOf, encodeUpdate, takesTextsAway } from '../ledgers/ledger-document.ts';
import type { Store, StoredElement } from '../store/store.ts';
import { createGate } from '../turns.ts';
import { onChannel, syncMessage } from './frames.ts';
import { createPieces } from './pieces.ts';

/** Elements read from the store at a time while a reader catches up: large ones are read a few at a time. */
const BATCH = 250;
const FIRST_BATCH = 32;
/** Bytes that go to readers in one turn of the event loop. */
const TURN_BYTES = 2 ** 20;
/** Readers whom something goes to in one turn, however little it is. */
const TURN_READERS = 600;
/** When the store could not be read, it is tried again. */
const AGAIN_MS = 1_000;
/** A socket that held too much is written to again below this share of the bound. */
const DRAINED = 0.25;

interface Spread {
	readonly message: Uint8Array;
	readonly from: number;
	readonly clock: number;
	readonly isWhole: boolean;
}

/** What a channel needs of its socket. */
export interface Line {
	readonly ws: WebSocket;
	/** A stock provider's socket carries one ledger and no channel names. */
	readonly isStock: boolean;
}

export interface Channel {
	readonly ledger: LedgerName;
	/** `<ledger>@<epoch>` */
	readonly name: string;
	readonly line: Line;
	/** Where this reader stands (ledger-document.ts). */
	clock: number;
	/** How many elements are read for it next. */
	batch: number;
	/** A state vector waits for its SyncStep2. */
	isAsking: boolean;
	isPumping: boolean;
	/** Something came while the pump was reading: it reads once more. */
	isBehind: boolean;
	isOpen: boolean;
}

export interface Channels {
	open(line: Line, ledger: LedgerName, name: string, clock: number): Channel;
	/** Answers a state vector on an open channel. */
	ask(channel: Channel, clock: number): void;
	close(channel: Channel): void;
	/** [R7] One frame per ledger and group, encoded once; whoever is not at its start catches up from rows. */
	fanOut(ledger: LedgerName, elements: readonly StoredElement[]): void;
	/** [R2] Something was appended that is known only from rows. */
	catchUp(ledger: LedgerName): void;
	openOn(ledger: LedgerName): ReadonlySet<Channel>;
	/** Says something that may be missed: nothing is queued for a socket that holds too much (R4). */
	say(channel: Channel, message: Uint8Array): void;
	readonly counts: { frames: number; bytes: number; open: number };
}

export function createChannels(
	store: Store,
	waitingBytes: number,
	onBroken: (cause: unknown) => void
): Channels {
	const byLedger = new Map<LedgerName, Set<Channel>>();
	const counts = { frames: 0, bytes: 0, open: 0 };
	const draining = new WeakMap<WebSocket, Promise<void>>();
	const pieces = createPieces(store);
	const nobody: ReadonlySet<Channel> = new Set();
	/** To one reader each, one after the other. */
	const sending = createGate(1);
	/** Bytes to them since the last turn was left to others. */
	let sent = 0;

	function open(line: Line, ledger: LedgerName, name: string, clock: number): Channel {
		const channel: Channel = {
			ledger,
			name,
			line,
			clock,
			batch: FIRST_BATCH,
			isAsking: true,
			isPumping: false,
			isBehind: false,
			isOpen: true
		};
		const set = byLedger.get(ledger) ?? new Set();
		byLedger.set(ledger, set.add(channel));
		counts.open += 1;
		void pump(channel);
		return channel;
	}

	function ask(channel: Channel, clock: number): void {
		channel.clock = clock;
		channel.isAsking = true;
		void pump(channel);
	}

	function close(channel: Channel): void {
		if (!channel.isOpen) return;
		channel.isOpen = false;
		counts.open -= 1;
		const set = byLedger.get(channel.ledger);
		set?.delete(channel);
		if (set?.size === 0) byLedger.delete(channel.ledger);
	}

	function fanOut(ledger: LedgerName, appended: readonly StoredElement[]): void {
		// [A5] what came and left in one group is not sent at all: the rows say what still stands
		if (appended.some(takesTextsAway)) return catchUp(ledger);
		pieces.moved(ledger);
		const readers = byLedger.get(ledger);
		const first = appended[0];
		if (!readers || !first) return;
		const from = clockOf(ledger, first.seq - 1);
		const { update, clock, taken } = encodeUpdate(appended, from);
		const message = syncMessage('update', update);
		const isWhole = taken === appended.length;
		sendAll([...readers], { message, from, clock, isWhole }).catch(onBroken);
	}

	/** Much of it, to many, in several turns: what moved meanwhile is read from rows. */
	async function sendAll(
		readers: readonly Channel[],
		{ message, from, clock, isWhole }: Spread
	): Promise<void> {
		let framed: Uint8Array | null = null;
		let bytes = 0;
		let told = 0;
		for (const channel of readers) {
			if (bytes > TURN_BYTES || told === TURN_READERS) {
				await nextTurn();
				[bytes, told] = [0, 0];
			}
			if (!channel.isOpen) continue;
			told += 1;
			const isAtStart = !channel.isPumping && channel.clock === from;
			const hasRoom = channel.line.ws.bufferedAmount + message.length <= waitingBytes;
			if (!isAtStart || !hasRoom || !isWhole) {
				void pump(channel);
				continue;
			}
			framed ??= onChannel(channel.name, message);
			send(channel.line, channel.line.isStock ? message : framed);
			channel.clock = clock;
			bytes += message.length;
		}
	}

	function catchUp(ledger: LedgerName): void {
		pieces.forget(ledger);
		for (const channel of byLedger.get(ledger) ?? nobody) void pump(channel);
	}

	/** Sends from rows until the reader stands at the end; one pump a channel. */
	async function pump(channel: Channel): Promise<void> {
		channel.isBehind = true;
		if (channel.isPumping) return;
		channel.isPumping = true;
		try {
			const { ws } = channel.line;
			while (channel.isOpen && channel.isBehind && ws.readyState === ws.OPEN) {
				if (isFull(ws)) {
					await roomIn(ws);
					continue;
				}
				channel.isBehind = false;
				if (await step(channel)) channel.isBehind = true;
				if (channel.isBehind) await nextTurn();
			}
		} catch (cause) {
			onBroken(cause);
			setTimeout(() => void pump(channel), AGAIN_MS).unref();
		} finally {
			channel.isPumping = false;
		}
	}

	/** Sends one frame; false when nothing was left when it read. */
	async function step(channel: Channel): Promise<boolean> {
		const { clock: from, batch } = channel;
		const piece = await pieces.read(channel);
		return sending(async () => {
			// Meanwhile it may have been closed, or have asked anew from somewhere else.
			if (!channel.isOpen) return false;
			if (channel.clock !== from) return true;
			// Many channels of one socket may have waited for the same room: each looks again before it sends.
			if (isFull(channel.line.ws)) return true;
			const { clock, taken, isAll, isLast } = piece;
			channel.batch = isAll ? Math.min(BATCH, 4 * batch) : taken + 1;
			if (taken > 0 || channel.isAsking) {
				const is = isLast && channel.isAsking ? 'step2' : 'update';
				const message = piece.said(is, channel.line.isStock);
				send(channel.line, message);
				channel.clock = clock;
				sent += message.length;
			}
			if (isLast) channel.isAsking = false;
			if (sent > TURN_BYTES) {
				sent = 0;
				await nextTurn();
			}
			return !isLast;
		});
	}

	function isFull(ws: WebSocket): boolean {
		return ws.bufferedAmount >= waitingBytes / 2;
	}

	/** Resolves when the socket may be written to or is gone; one wait for all its channels. */
	function roomIn(ws: WebSocket): Promise<void> {
		const waiting = draining.get(ws) ?? drained(ws);
		draining.set(ws, waiting);
		return waiting;
	}

	function drained(ws: WebSocket): Promise<void> {
		return new Promise((resolve) => {
			const timer = setInterval(() => {
				const isGone = ws.readyState !== ws.OPEN;
				if (!isGone && ws.bufferedAmount > waitingBytes * DRAINED) return;
				clearInterval(timer);
				draining.delete(ws);
				resolve();
			}, 20);
		});
	}

	function send({ ws }: Line, bytes: Uint8Array): void {
		if (ws.readyState !== ws.OPEN) return;
		counts.frames += 1;
		counts.bytes += bytes.length;
		ws.send(bytes);
	}

	return {
		open,
		ask,
		close,
		fanOut,
		catchUp,
		say(channel, message) {
			if (channel.line.ws.bufferedAmount > waitingBytes) return;
			send(channel.line, channel.line.isStock ? message : onChannel(channel.name, message));
		},
		openOn: (ledger) => byLedger.get(ledger) ?? nobody,
		counts
	};
}
