/** A socket's place at a shared draft, and how it is spoken to there. */
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { Line } from '../sockets/channels.ts';
import { onChannel, refusalMessage } from '../sockets/frames.ts';
import type { Asked, DraftRefusal } from './draft-job.ts';
import type { KeptDraft, Standing } from './draft-store.ts';

/** A socket as a draft sees it. */
export interface Writer extends Line {
	readonly session: { readonly person: PersonId; readonly device: string };
	/** [A2] What its person may read now. */
	readonly prefixes: readonly string[];
}

/** One socket's place at one draft. `ledger` is the draft's name without the epoch. */
export interface Seat {
	readonly ledger: string;
	readonly name: string;
	readonly writer: Writer;
	readonly desk: Desk;
	readonly standing: Standing;
	readonly room: Room;
	/** It was asked for what it holds beyond the relay. */
	isGreeted: boolean;
	/** It was asked again, since what it wrote builds on what is not here. */
	isAsked: boolean;
	isBehind: boolean;
}

/** What is kept of one socket. */
export interface Desk {
	readonly seats: Map<string, Seat>;
	/** Its messages are taken one after the other. */
	turn: Promise<unknown>;
	/** Messages since a moment, to hold it to its rate. */
	said: number;
	since: number;
	/** Bytes of it that wait to be worked on. */
	waiting: number;
}

export interface Waiting {
	readonly seat: Seat;
	readonly asked: Asked;
}

export interface Room {
	readonly record: RecordId;
	readonly seats: Set<Seat>;
	readonly queue: Waiting[];
	/** As stored and told; null until it is read. */
	kept: KeptDraft | null;
	isWorking: boolean;
}

/** What the wire says beside the code; the app has its own words for each. */
const sentences: Readonly<Record<DraftRefusal | 'not-stored', string>> = {
	malformed: 'this is no Yjs update',
	'too-large': 'the draft is full',
	'too-heavy': 'this update takes too long to read',
	'other-writer': 'another device writes under this client id',
	frozen: 'the reply was given; this draft takes no more writing',
	erased: 'this draft was erased',
	'not-stored': 'the relay could not store it; connect again'
};

export interface Speech {
	/** [R4] Nothing is queued for a socket that holds too much: it is told the whole once it has room again. */
	say(seat: Seat, message: Uint8Array): void;
	refuse(seat: Seat, why: DraftRefusal | 'not-stored'): void;
	/** Says nothing to it for so long, and then the whole; what it holds beyond is asked for anew. */
	tellLater(seat: Seat, ms: number): void;
	readonly refused: number;
}

/** How often it is looked whether a slow socket takes more. */
const DRAIN_MS = 50;

export function createSpeech(waitingBytes: number, tellAll: (seat: Seat) => void): Speech {
	let refused = 0;

	function say(seat: Seat, message: Uint8Array): void {
		const { ws, isStock } = seat.writer;
		if (seat.isBehind || ws.readyState !== ws.OPEN) return;
		if (ws.bufferedAmount + message.length > waitingBytes) return fallBehind(seat);
		ws.send(isStock ? message : onChannel(seat.name, message));
	}

	function fallBehind(seat: Seat): void {
		const { ws } = seat.writer;
		seat.isBehind = true;
		const timer = setInterval(() => {
			const isThere = seat.room.seats.has(seat) && ws.readyState === ws.OPEN;
			if (isThere && ws.bufferedAmount > waitingBytes / 4) return;
			clearInterval(timer);
			seat.isBehind = false;
			if (isThere) tellAll(seat);
		}, DRAIN_MS).unref();
	}

	function tellLater(seat: Seat, ms: number): void {
		if (seat.isBehind) return;
		Object.assign(seat, { isBehind: true, isGreeted: false });
		setTimeout(() => {
			seat.isBehind = false;
			if (seat.room.seats.has(seat)) tellAll(seat);
		}, ms).unref();
	}

	return {
		say,
		tellLater,
		refuse(seat, why) {
			refused += 1;
			say(seat, refusalMessage(`${why}: ${sentences[why]}`));
		},
		get refused() {
			return refused;
		}
	};
}
