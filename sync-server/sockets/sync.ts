/** The sync sockets: one shared by all channels of a device, and plain ones for stock y-websocket providers. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData } from 'ws';
import { isReadable, parseLedger, type LedgerName } from '#domain/ledgers.ts';
import type { LedgerMark } from '#domain/wire.ts';
import { isDraftChannel, type SharedDrafts } from '../drafts/shared-drafts.ts';
import type { Sessions } from '../http/app.ts';
import type { Connections } from '../http/connections.ts';
import type { Rates } from '../http/rates.ts';
import type { Directory } from '../judging/directory.ts';
import { openHead } from '../ledgers/chain.ts';
import { readStateVector } from '../ledgers/ledger-document.ts';
import { erasesAnything, type Appended } from '../ledgers/write-elements.ts';
import type { Limits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { inRoundsOf } from '../turns.ts';
import { admit, busy, refuse, type Asker } from './admit.ts';
import { createChannels, type Channel } from './channels.ts';
import type { Elsewhere } from './elsewhere.ts';
import {
	control,
	readChannel,
	readControl,
	readMessage,
	stillHere,
	type Message
} from './frames.ts';
import { createNotices, type Listener } from './notices.ts';
import { dismiss, makeRoom, paceOf, tooFast, type Pace, type Spoken } from './pace.ts';
import { createPresence, isDesk } from './presence.ts';
import { endSession, renewalOf, type Renewal } from './renewal.ts';

/** Letters of a channel's name; what is longer is not even answered. */
const NAME_LENGTH = 256;
const SWEEP_MS = 1_000;
/** Sockets looked after in one turn of the event loop: thousands that came together have their beat together. */
const TURN_SOCKETS = 100;
/** Close codes: 1003 not understood, 1012 restart; 4xxx are this relay's own. */
const NOT_OURS = 1003;
const RESTART = 1012;
const NOT_READABLE = 4403;
const REPLACED = 4409;

export interface Sync {
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Spreads what a durable transaction appended. */
	appended(appended: Appended): void;
	/** [R2] Spreads what another relay on the same store appended; its own it skips. */
	appendedElsewhere(moved: ReadonlyMap<LedgerName, LedgerMark>): void;
	/** [R5] Closes every socket of a device at once. */
	closeDevice(device: string): void;
	isOnline(device: string): boolean;
	close(): Promise<void>;
	readonly counts: SyncCounts;
}

export interface SyncCounts {
	readonly sockets: number;
	/** Devices that hold a socket; one may hold several. */
	readonly devices: number;
	readonly channels: number;
	readonly framesOut: number;
	readonly bytesOut: number;
	readonly framesIn: number;
	/** [R3] Writes of clients, ignored. */
	readonly writesIgnored: number;
	readonly denied: number;
	readonly unreadable: number;
	/** Bytes written to sockets that their readers have not taken. */
	readonly bytesWaiting: number;
}

export interface SyncParts {
	readonly store: Store;
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly drafts: SharedDrafts;
	readonly elsewhere: Elsewhere | null;
	readonly limits: Limits;
	readonly rates: Rates;
	readonly connections: Pick<Connections, 'isOneTooMany'>;
	readonly log: Log;
	/** Something failed that is tried again. */
	readonly missed: (said: string, cause: unknown) => void;
	readonly publicOrigin: string | null;
	readonly trustedProxies: readonly string[];
	readonly now: () => number;
}

interface Socket extends Listener, Asker {
	readonly channels: Map<LedgerName, Channel>;
	readonly moved: Map<LedgerName, LedgerMark>;
	readonly renewal: Renewal;
	prefixes: readonly string[];
	/** [R5] When the permission must be looked up again, and what it was looked up in. */
	until: number;
	version: number;
	/** It has said something that the relay could read. */
	isUnderstood: boolean;
	readonly pace: Pace;
	heardAt: number;
	saidAt: number;
}

export function createSync(parts: SyncParts): Sync {
	const { store, directory, drafts, limits, log, missed } = parts;
	const renewals = { ...parts, realm: () => store.meta('realm') };
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: limits.frameBytes,
		maxFragments: limits.framePieces
	});
	const channels = createChannels(store, limits.waitingBytes, (cause) =>
		missed('a ledger could not be read', cause)
	);
	const presence = createPresence({ ...parts, ...channels, isFor: isDesk });
	const notices = createNotices(limits.waitingBytes);
	const sockets = new Set<Socket>();
	const counts = { framesIn: 0, writesIgnored: 0, denied: 0, unreadable: 0 };
	let seenVersion = directory.version;
	let isClosing = false;
	/** How far each ledger was spread from here. */
	const spread = new Map<LedgerName, number>();
	const stopSweeping = inRoundsOf(TURN_SOCKETS, sockets, beat, SWEEP_MS);
	// [R5] It costs little, and must not wait for the pings of thousands.
	const stopPermitting = inRoundsOf(Infinity, sockets, permit, SWEEP_MS);

	function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Node gives the socket away without a listener: a reset would end the process.
		socket.on('error', () => socket.destroy());
		void admit(request, { ...parts, isFull })
			.catch((cause: unknown) => {
				missed('a socket could not be admitted', cause);
				return busy;
			})
			.then((asker) => {
				if (!('session' in asker)) return refuse(socket, asker);
				server.handleUpgrade(request, socket, head, (ws) =>
					welcome({ ws, line: request.socket }, asker)
				);
			});
	}

	function isFull(): boolean {
		return isClosing || sockets.size >= limits.sockets;
	}

	function welcome({ ws, line }: Spoken, { session, cookie, room }: Asker): void {
		const own = [...sockets].filter((other) => other.session.device === session.device);
		makeRoom(own, limits.socketsPerDevice, REPLACED);
		const moment = parts.now();
		const isStock = room !== null;
		const ask = isStock ? null : (prove: string) => tell(socket, { prove });
		const socket: Socket = {
			ws,
			session,
			cookie,
			room,
			isStock,
			renewal: renewalOf({ ws, session, cookie, ask }, renewals),
			channels: new Map(),
			moved: new Map(),
			prefixes: [],
			until: 0,
			version: -1,
			isUnderstood: false,
			pace: paceOf({ ws, line }, limits, parts.now),
			heardAt: moment,
			saidAt: moment
		};
		sockets.add(socket);
		permit(socket);
		ws.on('message', (data, isBinary) => hear(socket, data, isBinary));
		ws.on('pong', () => (socket.heardAt = parts.now()));
		ws.on('close', () => leave(socket));
		ws.on('error', ({ message }) => log.debug({ message }, 'a socket failed'));
		// [R5] Its device may have been taken out of use since it was looked up.
		void socket.renewal.look();
	}

	function leave(socket: Socket): void {
		sockets.delete(socket);
		notices.leave(socket);
		for (const channel of socket.channels.values()) shut(channel);
		socket.channels.clear();
		drafts.shut(socket);
	}

	function shut(channel: Channel): void {
		channels.close(channel);
		presence.leave(channel);
	}

	function hear(socket: Socket, data: RawData, isBinary: boolean): void {
		const moment = parts.now();
		counts.framesIn += 1;
		socket.heardAt = moment;
		if (!(data instanceof Buffer) || !socket.pace.take()) return;
		if (!isBinary) return unreadable(socket);
		if (socket.room !== null) return onMessage(socket, socket.room, data);
		const frame = readChannel(data);
		if (frame === null) return unreadable(socket);
		if (frame.channel === '') onControl(socket, frame.rest);
		else onMessage(socket, frame.channel, frame.rest);
	}

	/** A socket that has never said a sensible thing speaks another language: it is told so, and goes. */
	function unreadable(socket: Socket): void {
		counts.unreadable += 1;
		if (!socket.isUnderstood) dismiss(socket.ws, NOT_OURS, 'y-websocket only');
	}

	function onControl(socket: Socket, rest: Uint8Array): void {
		const asked = readControl(rest);
		if (asked === null) return unreadable(socket);
		socket.isUnderstood = true;
		if ('proof' in asked) return void socket.renewal.prove(asked.proof);
		drafts.shut(socket, asked.close);
		for (const name of asked.close) {
			const ledger = name.slice(0, name.lastIndexOf('@'));
			const channel = socket.channels.get(ledger);
			if (!channel) continue;
			socket.channels.delete(ledger);
			shut(channel);
		}
	}

	function onMessage(socket: Socket, name: string, bytes: Uint8Array): void {
		const message = readMessage(bytes);
		if (message === null || message.is === 'unknown') return unreadable(socket);
		socket.isUnderstood = true;
		if (isDraftChannel(name)) return void onDraft(socket, name, message);
		const at = name.lastIndexOf('@');
		const ledger = name.slice(0, at);
		if (message.is === 'step1') {
			const clock = readStateVector(message.stateVector);
			if (clock === null) return unreadable(socket);
			return openOrAsk(socket, ledger, name, clock);
		}
		const channel = socket.channels.get(ledger);
		switch (message.is) {
			case 'write':
				// [R3] the relay is the only writer; the socket and everyone else go on
				return void (counts.writesIgnored += 1);
			case 'awareness':
				if (!channel || !presence.hear(channel, socket.session.person, message.update))
					counts.writesIgnored += 1;
				return;
			case 'queryAwareness':
				return channel && presence.tell(channel);
		}
	}

	async function onDraft(socket: Socket, name: string, message: Message): Promise<void> {
		try {
			permit(socket);
			const heard = await drafts.hear(socket, name, message);
			if (heard === 'too-fast') tooFast(socket.ws);
			if (heard !== 'denied') return;
			counts.denied += 1;
			deny(socket, [name]);
		} catch (cause) {
			missed('a shared draft could not be opened', cause);
			socket.ws.close(RESTART, 'trouble');
		}
	}

	function openOrAsk(socket: Socket, ledger: LedgerName, name: string, clock: number): void {
		const channel = socket.channels.get(ledger);
		if (channel?.name === name) return channels.ask(channel, clock);
		if (name.length > NAME_LENGTH) return unreadable(socket);
		const isFull = socket.channels.size >= limits.channelsPerSocket;
		if (isFull || channel || name !== `${ledger}@${store.epoch}` || !mayRead(socket, ledger)) {
			counts.denied += 1;
			return deny(socket, [name]);
		}
		socket.moved.delete(ledger);
		const opened = channels.open(socket, ledger, name, clock);
		socket.channels.set(ledger, opened);
		presence.tell(opened);
	}

	/** [A2] The ledger is the permission; looked up again whenever duties or organisations changed. */
	function mayRead(socket: Socket, ledger: LedgerName): boolean {
		permit(socket);
		return parseLedger(ledger) !== null && isReadable(socket.prefixes, ledger);
	}

	function permit(socket: Socket): void {
		const moment = parts.now();
		const version = directory.versionOf(socket.session.person);
		if (socket.version === version && moment < socket.until) return;
		const { prefixes, until } = directory.reading(socket.session.person, moment);
		const isFirst = socket.version < 0;
		const isSame = prefixes.join() === socket.prefixes.join();
		Object.assign(socket, { prefixes, until, version });
		if (isSame && !isFirst) return;
		if (!socket.isStock) notices.listen(socket, prefixes);
		if (isFirst) return;
		const lost = [...socket.channels.values()].filter(
			({ ledger }) => !isReadable(prefixes, ledger)
		);
		for (const channel of lost) {
			socket.channels.delete(channel.ledger);
			shut(channel);
		}
		for (const ledger of socket.moved.keys())
			if (!isReadable(prefixes, ledger)) socket.moved.delete(ledger);
		const denied = [...lost.map(({ name }) => name), ...drafts.recheck(socket)];
		if (denied.length > 0) deny(socket, denied);
		if (!socket.isStock) tell(socket, { scope: true });
	}

	function deny(socket: Socket, denied: readonly string[]): void {
		if (socket.isStock) socket.ws.close(NOT_READABLE, 'not readable');
		else tell(socket, { denied });
	}

	/** What must be heard cannot wait for ever: a reader that takes nothing is dropped, and resumes anew. */
	function tell({ ws }: Socket, json: unknown): void {
		if (ws.bufferedAmount > limits.waitingBytes) ws.terminate();
		else if (ws.readyState === ws.OPEN) ws.send(control(json));
	}

	function beat(socket: Socket): void {
		const moment = parts.now();
		if (moment - socket.saidAt < limits.aliveMs) return;
		// Silent since the last ping.
		if (socket.heardAt < socket.saidAt) return socket.ws.terminate();
		socket.saidAt = moment;
		void socket.renewal.look();
		socket.ws.ping();
		if (socket.isStock && socket.ws.bufferedAmount === 0) socket.ws.send(stillHere);
	}

	/** [A2] A duty that has ended closes channels before anything that came with its end is sent. */
	function permitAll(): void {
		if (seenVersion !== directory.version) for (const socket of sockets) permit(socket);
		seenVersion = directory.version;
	}

	return {
		upgrade,
		appended(appended) {
			permitAll();
			if (erasesAnything(appended)) drafts.erased();
			for (const [ledger, elements] of appended) {
				channels.fanOut(ledger, elements);
				const last = elements.at(-1);
				const chain = last && openHead(last.head)?.chain;
				if (last) spread.set(ledger, last.seq);
				if (last && chain !== undefined) notices.moved(ledger, { seq: last.seq, chain });
			}
		},
		appendedElsewhere(moved) {
			permitAll();
			for (const [ledger, mark] of moved) {
				if ((spread.get(ledger) ?? 0) >= mark.seq) continue;
				spread.set(ledger, mark.seq);
				channels.catchUp(ledger);
				notices.moved(ledger, mark);
			}
		},
		closeDevice(device) {
			for (const socket of sockets) if (socket.session.device === device) endSession(socket.ws);
		},
		isOnline: (device) => [...sockets].some(({ session }) => session.device === device),
		async close() {
			isClosing = true;
			stopSweeping();
			stopPermitting();
			notices.stop();
			for (const { ws } of sockets) ws.close(RESTART, 'restart');
			const deadline = Date.now() + 2_000;
			while (sockets.size > 0 && Date.now() < deadline)
				await new Promise((resolve) => setTimeout(resolve, 20));
			for (const { ws } of sockets) ws.terminate();
			server.close();
		},
		get counts() {
			return {
				...counts,
				sockets: sockets.size,
				devices: new Set([...sockets].map(({ session }) => session.device)).size,
				channels: channels.counts.open,
				framesOut: channels.counts.frames,
				bytesOut: channels.counts.bytes,
				bytesWaiting: [...sockets].reduce((sum, { ws }) => sum + ws.bufferedAmount, 0)
			};
		}
	};
}
