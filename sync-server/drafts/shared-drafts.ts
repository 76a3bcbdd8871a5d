/**
 * Shared drafts (`shared/<record>`): the only documents that clients write. What they send is tried in a thread of
 * its own, stored, and only then told to the others who may read the record.
 */
import { RecordId } from '#domain/ids.ts';
import { isReadable } from '#domain/ledgers.ts';
import type { Limits } from '../limits.ts';
import type { Elsewhere } from '../sockets/elsewhere.ts';
import type { Message } from '../sockets/frames.ts';
import { createPresence } from '../sockets/presence.ts';
import { createDraftBench } from './draft-bench.ts';
import type { Asked } from './draft-job.ts';
import { createDraftRooms } from './draft-room.ts';
import {
	createSpeech,
	type Desk,
	type Room,
	type Seat,
	type Waiting,
	type Writer
} from './draft-seat.ts';
import { createDraftShares } from './draft-shares.ts';
import type { DraftStore, Standing } from './draft-store.ts';

const PREFIX = 'shared/';
const WINDOW_MS = 10_000;
/** A draft that could not be read is tried again. */
const AGAIN_MS = 1_000;
/** The state vector of who holds nothing. */
const NOTHING_HELD = Uint8Array.of(0);

/** `denied`: the channel is not for this socket. `too-fast`: more than may be waiting, or may be sent (R4). */
export type Heard = 'heard' | 'denied' | 'too-fast';

export interface SharedDrafts {
	/** Takes a message on a draft's channel. */
	hear(writer: Writer, name: string, message: Message): Promise<Heard>;
	shut(writer: Writer, names?: readonly string[]): void;
	/** [R5] Closes what a socket may not read any more; answers those channels. */
	recheck(writer: Writer): readonly string[];
	/** [A4] Something was erased: closes the drafts whose text is gone. */
	erased(): void;
	/** [R2] Tells what another relay on the same store wrote, up to these pieces; 0 where it was erased. */
	writtenElsewhere(drafts: ReadonlyMap<RecordId, number>): Promise<void>;
	close(): Promise<void>;
	readonly counts: { readonly open: number; readonly refused: number; readonly broken: number };
}

export interface SharedDraftsParts {
	readonly store: DraftStore;
	readonly epoch: string;
	readonly limits: Limits;
	readonly now: () => number;
	readonly elsewhere: Elsewhere | null;
	readonly onBroken: (cause: unknown) => void;
}

/** Is this the name of a draft's channel, and not of a ledger's? */
export function isDraftChannel(name: string): boolean {
	return name.startsWith(PREFIX);
}

export function createSharedDrafts(parts: SharedDraftsParts): SharedDrafts {
	const { store, epoch, limits, now } = parts;
	const bench = createDraftBench({ budgetMs: limits.draftBudgetMs, heapMb: limits.draftHeapMib });
	const rooms = new Map<RecordId, Room>();
	const desks = new Map<Writer, Desk>();
	const shares = createDraftShares(limits.draftPersonMsPerMinute, now);
	const nobody: ReadonlySet<Seat> = new Set();
	const presence = createPresence<Seat>({
		...parts,
		isFor: isDraftChannel,
		openOn: (ledger) => roomOf(ledger)?.seats ?? nobody,
		say: (seat, message) => speech.say(seat, message)
	});
	const speech = createSpeech(limits.waitingBytes, tellAll);
	const atWork = createDraftRooms({
		store,
		bench,
		draftBytes: limits.draftBytes,
		budgetMs: limits.draftBudgetMs,
		admits,
		onSpent: shares.spend,
		...speech,
		onDone({ seat, asked }) {
			seat.desk.waiting -= bytesOf(asked);
		},
		onIdle: leaveEmpty,
		onHeavy: shares.bar,
		onErased(room) {
			for (const seat of [...room.seats]) {
				speech.refuse(seat, 'erased');
				rise(seat);
			}
		},
		onBroken: parts.onBroken
	});

	function hear(writer: Writer, name: string, message: Message): Promise<Heard> {
		const desk = desks.get(writer) ?? makeDesk(writer);
		if (isTooFast(desk)) return Promise.resolve('too-fast');
		const heard = desk.turn.then(() => hearInTurn(writer, desk, name, message));
		desk.turn = heard.catch(() => undefined);
		return heard;
	}

	async function hearInTurn(
		writer: Writer,
		desk: Desk,
		name: string,
		message: Message
	): Promise<Heard> {
		const seat = desk.seats.get(name) ?? null;
		if (message.is === 'step1') {
			const sat = seat ?? (await sit(writer, desk, name));
			if (sat === null) return 'denied';
			return put(sat, { is: 'ask', vector: new Uint8Array(message.stateVector) });
		}
		if (seat === null) return 'heard';
		if (message.is === 'write') return write(seat, message.update);
		if (message.is === 'awareness') presence.hear(seat, writer.session.person, message.update);
		if (message.is === 'queryAwareness') presence.tell(seat);
		return 'heard';
	}

	function makeDesk(writer: Writer): Desk {
		const turn = Promise.resolve();
		const desk: Desk = { seats: new Map(), turn, said: 0, since: now(), waiting: 0 };
		desks.set(writer, desk);
		return desk;
	}

	/** [R4] Also what is denied, and presence: the one asks the store, the other goes to everybody there. */
	function isTooFast(desk: Desk): boolean {
		if (now() - desk.since > WINDOW_MS) Object.assign(desk, { since: now(), said: 0 });
		desk.said += 1;
		return desk.said > limits.draftMessagesPer10s;
	}

	/** [A2] Whoever may read the record may open its draft, and nobody else. */
	async function sit(writer: Writer, desk: Desk, name: string): Promise<Seat | null> {
		const at = name.lastIndexOf('@');
		const record = RecordId.safeParse(name.slice(PREFIX.length, at)).data;
		if (record === undefined || name.slice(at + 1) !== epoch) return null;
		const standing = await store.standing(record);
		if (standing === null || standing.state === 'erased' || !mayRead(writer, standing)) return null;
		if (desk.seats.size >= limits.draftsPerSocket || !desks.has(writer)) return null;
		const room = rooms.get(record) ?? makeRoom(record);
		const ledger = name.slice(0, at);
		const seat: Seat = {
			ledger,
			name,
			writer,
			desk,
			standing,
			room,
			isBehind: false,
			isAsked: false,
			isGreeted: false
		};
		desk.seats.set(name, seat);
		room.seats.add(seat);
		presence.tell(seat);
		return seat;
	}

	function makeRoom(record: RecordId): Room {
		const room: Room = { record, seats: new Set(), queue: [], kept: null, isWorking: false };
		rooms.set(record, room);
		return room;
	}

	function roomOf(ledger: string): Room | undefined {
		const record = RecordId.safeParse(ledger.slice(PREFIX.length)).data;
		return record && rooms.get(record);
	}

	function write(seat: Seat, update: Uint8Array): Heard {
		const { device } = seat.writer.session;
		if (update.length > limits.draftBytes) {
			speech.refuse(seat, 'too-large');
			return 'heard';
		}
		// A copy: the frame it came in may be part of something larger.
		return put(seat, { is: 'write', device, update: new Uint8Array(update) });
	}

	function put(seat: Seat, asked: Asked): Heard {
		if (!admits({ seat, asked })) return 'heard';
		if (seat.desk.waiting + bytesOf(asked) > limits.waitingBytes) return 'too-fast';
		enqueue(seat, asked);
		return 'heard';
	}

	/** What waits of a person who is barred meanwhile is not worked on either. */
	function admits({ seat, asked }: Waiting): boolean {
		const { person } = seat.writer.session;
		const ms = shares.waitOf(person);
		if (asked.is === 'ask') {
			if (ms > 0) speech.tellLater(seat, ms);
			return ms === 0;
		}
		if (ms > 0) speech.refuse(seat, 'not-stored');
		else if (shares.isBarred(person)) speech.refuse(seat, 'too-heavy');
		else return true;
		return false;
	}

	function enqueue(seat: Seat, asked: Asked): void {
		seat.desk.waiting += bytesOf(asked);
		atWork.put(seat, asked);
	}

	function tellAll(seat: Seat): void {
		enqueue(seat, { is: 'ask', vector: NOTHING_HELD });
	}

	function rise(seat: Seat): void {
		const { room, desk, name } = seat;
		room.seats.delete(seat);
		desk.seats.delete(name);
		presence.leave(seat);
		leaveEmpty(room);
	}

	/** Each asks how its draft stands before it answers. */
	function lookAgain({ seats }: Room): void {
		for (const seat of seats) tellAll(seat);
	}

	/** What cannot be read now is told once it can be; the other drafts do not wait for it. */
	async function catchUp(room: Room, last: number, isAgain = false): Promise<void> {
		try {
			await atWork.catchUp(room, last);
		} catch (cause) {
			if (!isAgain) parts.onBroken(cause);
			setTimeout(() => {
				if (rooms.get(room.record) === room) void catchUp(room, last, true);
			}, AGAIN_MS).unref();
		}
	}

	function leaveEmpty(room: Room): void {
		// Of one draft there is never a second room: what is still being stored is told in this one.
		if (room.seats.size === 0 && !room.isWorking) rooms.delete(room.record);
	}

	return {
		hear,
		shut(writer, names) {
			const desk = desks.get(writer);
			if (desk === undefined) return;
			const leave = () => {
				for (const [name, seat] of desk.seats)
					if (names === undefined || names.includes(name)) rise(seat);
			};
			if (names !== undefined) {
				// After all it said there before: it may open the same draft again, as one that was not there.
				desk.turn = desk.turn.then(leave);
				return;
			}
			desks.delete(writer);
			leave();
		},
		recheck(writer) {
			const seats = [...(desks.get(writer)?.seats.values() ?? [])];
			const lost = seats.filter(({ standing }) => !mayRead(writer, standing));
			for (const seat of lost) rise(seat);
			return lost.map(({ name }) => name);
		},
		erased() {
			for (const room of rooms.values()) lookAgain(room);
		},
		async writtenElsewhere(drafts) {
			for (const [record, last] of drafts) {
				const room = rooms.get(record);
				if (room === undefined) continue;
				if (last === 0) lookAgain(room);
				else await catchUp(room, last);
			}
		},
		async close() {
			await atWork.settled();
			await bench.close();
		},
		get counts() {
			const open = [...rooms.values()].reduce((sum, { seats }) => sum + seats.size, 0);
			return { open, refused: speech.refused, broken: bench.broken };
		}
	};
}

function bytesOf(asked: Asked): number {
	return asked.is === 'write' ? asked.update.length : asked.vector.length;
}

function mayRead({ prefixes }: Writer, { ledgers }: Standing): boolean {
	return ledgers.some((ledger) => isReadable(prefixes, ledger));
}
