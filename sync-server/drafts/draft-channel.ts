/** A socket's place at a shared draft, and how it is spoken to there. */
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { Line } from '../sockets/channels.ts';
import { onChannel, refusalMessage } from '../sockets/frames.ts';
import type { Asked, DraftRefusal } from './job.ts';
import type { KeptDraft, Standing } from './store.ts';

/** A socket as a draft sees it. */
export interface Writer extends Line {
	readonly session: { readonly person: PersonId; readonly device: string };
	/** [A2] What its person may read now. */
	readonly prefixes: readonly string[];
}

/** One socket's place at one draft. `ledger` is the draft's name without the epoch. */
export interface DraftChannel {
	readonly ledger: string;
	readonly name: string;
	readonly writer: Writer;
	readonly state: WriterState;
	readonly standing: Standing;
	readonly draft: OpenDraft;
	/** It was asked for what it holds beyond the relay. */
	isGreeted: boolean;
	/** It was asked again, since what it wrote builds on what is not here. */
	isAsked: boolean;
	isBehind: boolean;
}

/** What is kept of one socket. */
export interface WriterState {
	readonly channels: Map<string, DraftChannel>;
	/** Its messages are taken one after the other. */
	turn: Promise<unknown>;
	/** Messages since a moment, to hold it to its rate. */
	said: number;
	since: number;
	/** Bytes of it that wait to be worked on. */
	waiting: number;
}

export interface Waiting {
	readonly channel: DraftChannel;
	readonly asked: Asked;
}

export interface OpenDraft {
	readonly record: RecordId;
	readonly channels: Set<DraftChannel>;
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
	say(channel: DraftChannel, message: Uint8Array): void;
	refuse(channel: DraftChannel, why: DraftRefusal | 'not-stored'): void;
	/** Says nothing to it for so long, and then the whole; what it holds beyond is asked for anew. */
	tellLater(channel: DraftChannel, ms: number): void;
	readonly refused: number;
}

/** How often it is looked whether a slow socket takes more. */
const DRAIN_MS = 50;

export function createSpeech(
	waitingBytes: number,
	tellAll: (channel: DraftChannel) => void
): Speech {
	let refused = 0;

	function say(channel: DraftChannel, message: Uint8Array): void {
		const { ws, isStock } = channel.writer;
		if (channel.isBehind || ws.readyState !== ws.OPEN) return;
		if (ws.bufferedAmount + message.length > waitingBytes) return fallBehind(channel);
		ws.send(isStock ? message : onChannel(channel.name, message));
	}

	function fallBehind(channel: DraftChannel): void {
		const { ws } = channel.writer;
		channel.isBehind = true;
		const timer = setInterval(() => {
			const isThere = channel.draft.channels.has(channel) && ws.readyState === ws.OPEN;
			if (isThere && ws.bufferedAmount > waitingBytes / 4) return;
			clearInterval(timer);
			channel.isBehind = false;
			if (isThere) tellAll(channel);
		}, DRAIN_MS).unref();
	}

	function tellLater(channel: DraftChannel, ms: number): void {
		if (channel.isBehind) return;
		Object.assign(channel, { isBehind: true, isGreeted: false });
		setTimeout(() => {
			channel.isBehind = false;
			if (channel.draft.channels.has(channel)) tellAll(channel);
		}, ms).unref();
	}

	return {
		say,
		tellLater,
		refuse(channel, why) {
			refused += 1;
			say(channel, refusalMessage(`${why}: ${sentences[why]}`));
		},
		get refused() {
			return refused;
		}
	};
}
