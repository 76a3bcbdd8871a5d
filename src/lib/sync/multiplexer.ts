/**
 * One socket for all channels. `Channel` looks like a WebSocket to y-websocket's provider; the real
 * socket reconnects on its own with jittered back-off, so providers never hammer the relay.
 */
import { z } from 'zod';
import { LedgerMark, type Proof } from '#domain/wire.ts';
import { backOff } from './back-off.ts';
import { readControl, readFrame, writeControl, writeFrame } from './varint-frame.ts';

/** The part of a WebSocket that is used. */
export type Socket = Pick<
	WebSocket,
	'binaryType' | 'onopen' | 'onmessage' | 'onclose' | 'onerror' | 'send' | 'close'
>;

export interface MultiplexerDeps {
	readonly open: () => Socket;
	readonly random: () => number;
	/** Connected anew: what moved meanwhile is not known. */
	readonly onOpen: () => void;
	/** With the code that the socket was closed with. */
	readonly onClose: (code: number) => void;
	/** Ledgers that moved and are not open here, or whose channel was closed meanwhile. */
	readonly onMoved: (ledgers: readonly string[]) => void;
	readonly onScope: () => void;
	readonly onDenied: (channels: readonly string[]) => void;
	/** The session of the socket ends soon: the key is to be proved. */
	readonly onProve: (challenge: string) => void;
}

export interface Multiplexer {
	/** Opens the socket; the wait after a lost one goes on, unless the relay is known to answer again. */
	connect(how?: { readonly atOnce: boolean }): void;
	isOpen(): boolean;
	/** Resolves when the socket is open or has failed, or after `ms`, with what it then is. */
	whenOpen(ms: number): Promise<boolean>;
	/** Gives up a socket that no longer answers; it is opened again after a while. */
	reset(): void;
	/** Answers what was to be proved. */
	prove(proof: Omit<Proof, 'device'>): void;
	/** Opens another at once: the one there is was somebody else's. */
	reopen(): void;
	close(): void;
	/** The class that a WebsocketProvider takes as its WebSocketPolyfill. */
	readonly Channel: typeof WebSocket;
}

const Control = z.object({
	moved: z.record(z.string(), LedgerMark).optional(),
	scope: z.boolean().optional(),
	denied: z.array(z.string()).optional(),
	prove: z.string().optional()
});

/** A provider gives a silent socket up after 30 s; channels may be silent for hours. */
const FEED_MS = 12_000;
/** A socket that the relay leaves without a sign of life for so long is not one. */
const CONNECT_MS = 10_000;
/** Sockets that were closed or refused together are opened again within this, at first. */
const SPREAD_MS = 5_000;
/** Close codes as a WebSocket has them: the link broke; the relay says no; it ended this session alone. */
const LOST = 1006;
const DENIED = 4403;
export const SESSION_OVER = 4401;
/** An awareness update of nobody: a message that changes nothing. */
const NOBODY_AWARE = Uint8Array.of(1, 1, 0);

export function multiplexer(deps: MultiplexerDeps): Multiplexer {
	const channels = new Map<string, ChannelSocket>();
	let socket: Socket | null = null;
	let isOpen = false;
	let isWanted = false;
	let failures = 0;
	let retry: ReturnType<typeof setTimeout> | undefined;
	let feeding: ReturnType<typeof setInterval> | undefined;
	const openings = new Set<() => void>();

	function connect({ atOnce } = { atOnce: false }): void {
		isWanted = true;
		if (socket !== null || (retry !== undefined && !atOnce)) return;
		clearTimeout(retry);
		retry = undefined;
		const opened = deps.open();
		opened.binaryType = 'arraybuffer';
		socket = opened;
		const giveUp = setTimeout(() => lost(opened, LOST), CONNECT_MS);
		opened.onopen = () => {
			clearTimeout(giveUp);
			if (socket !== opened) return;
			isOpen = true;
			failures = 0;
			feeding = setInterval(() => channels.forEach((each) => each.hear(NOBODY_AWARE)), FEED_MS);
			for (const each of channels.values()) each.opened();
			for (const done of openings) done();
			deps.onOpen();
		};
		opened.onmessage = ({ data }) => {
			if (socket === opened && data instanceof ArrayBuffer) hear(new Uint8Array(data));
		};
		opened.onclose = ({ code }) => {
			clearTimeout(giveUp);
			lost(opened, code);
		};
		// An error is always followed by a close.
		opened.onerror = () => undefined;
	}

	function lost(which: Socket, code: number): void {
		if (socket !== which) return;
		const wasOpen = isOpen;
		socket = null;
		isOpen = false;
		clearInterval(feeding);
		which.onclose = null;
		which.close();
		for (const each of channels.values()) each.closed(LOST);
		channels.clear();
		failures += 1;
		for (const done of openings) done();
		if (isWanted)
			retry = setTimeout(
				() => connect({ atOnce: true }),
				backOff(failures - 1, deps.random, SPREAD_MS)
			);
		if (wasOpen) deps.onClose(code);
	}

	function hear(bytes: Uint8Array): void {
		const frame = readFrame(bytes);
		if (frame === null) return;
		if (frame.channel !== '') {
			const channel = channels.get(frame.channel);
			// It was closed here while the frame was on its way: what it carried is fetched again.
			if (channel) channel.hear(frame.message);
			else deps.onMoved([ledgerOf(frame.channel)]);
			return;
		}
		const control = Control.safeParse(readControl(frame.message));
		if (!control.success) return;
		const { moved, scope, denied, prove } = control.data;
		if (moved) deps.onMoved(Object.keys(moved));
		if (denied) {
			// The provider gives up for good: what may be read is asked anew.
			for (const name of denied) channels.get(name)?.closed(DENIED);
			for (const name of denied) channels.delete(name);
			deps.onDenied(denied);
		}
		if (scope) deps.onScope();
		if (prove !== undefined) deps.onProve(prove);
	}

	class ChannelSocket {
		static readonly CONNECTING = 0;
		static readonly OPEN = 1;
		static readonly CLOSING = 2;
		static readonly CLOSED = 3;
		readonly CONNECTING = 0;
		readonly OPEN = 1;
		readonly CLOSING = 2;
		readonly CLOSED = 3;
		readonly name: string;
		binaryType = 'arraybuffer';
		readyState = 0;
		onopen: (() => void) | null = null;
		onmessage: ((event: { data: Uint8Array }) => void) | null = null;
		onclose: ((event: { code: number; reason: string }) => void) | null = null;
		onerror: (() => void) | null = null;

		constructor(url: string) {
			this.name = channelOf(url);
			channels.set(this.name, this);
			if (isOpen) queueMicrotask(() => this.opened());
		}

		opened(): void {
			if (this.readyState !== 0 || !isOpen) return;
			this.readyState = 1;
			this.onopen?.();
		}

		hear(message: Uint8Array): void {
			if (this.readyState === 1) this.onmessage?.({ data: message });
		}

		closed(code: number): void {
			if (this.readyState === 3) return;
			this.readyState = 3;
			this.onclose?.({ code, reason: '' });
		}

		send(data: Uint8Array): void {
			if (this.readyState === 1 && isOpen) socket?.send(writeFrame(this.name, data));
		}

		close(): void {
			if (this.readyState === 3) return;
			this.readyState = 3;
			if (channels.get(this.name) !== this) return;
			channels.delete(this.name);
			if (isOpen) socket?.send(writeControl({ close: [this.name] }));
		}
	}

	function reset(): void {
		if (socket) lost(socket, LOST);
	}

	return {
		connect,
		isOpen: () => isOpen,
		whenOpen: (ms) =>
			new Promise((resolve) => {
				if (isOpen) return resolve(true);
				const done = () => {
					clearTimeout(timer);
					openings.delete(done);
					resolve(isOpen);
				};
				const timer = setTimeout(done, ms);
				openings.add(done);
			}),
		reset,
		prove(proof) {
			if (isOpen) socket?.send(writeControl({ proof }));
		},
		reopen() {
			reset();
			connect({ atOnce: true });
		},
		close() {
			isWanted = false;
			clearTimeout(retry);
			retry = undefined;
			if (socket) lost(socket, LOST);
		},
		// The provider uses what ChannelSocket has of a WebSocket, and nothing else.
		Channel: ChannelSocket as unknown as typeof WebSocket
	};
}

function channelOf(url: string): string {
	const { pathname } = new URL(url);
	return decodeURIComponent(pathname.replace(/^\/+/, ''));
}

/** `<ledger>@<epoch>`. */
export function channelName(ledger: string, epoch: string): string {
	return `${ledger}@${epoch}`;
}

function ledgerOf(channel: string): string {
	return channel.slice(0, channel.lastIndexOf('@'));
}
