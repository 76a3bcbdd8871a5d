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
import { createDraftThread } from './thread.ts';
import type { Asked } from './job.ts';
import { createOpenDrafts } from './open-drafts.ts';
import {
	createSpeech,
	type WriterState,
	type OpenDraft,
	type DraftChannel,
	type Waiting,
	type Writer
} from './draft-channel.ts';
import { createDraftShares } from './shares.ts';
import type { DraftStore, Standing } from './store.ts';

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
	const thread = createDraftThread({ budgetMs: limits.draftBudgetMs, heapMb: limits.draftHeapMib });
	const openDrafts = new Map<RecordId, OpenDraft>();
	const states = new Map<Writer, WriterState>();
	const shares = createDraftShares(limits.draftPersonMsPerMinute, now);
	const nobody: ReadonlySet<DraftChannel> = new Set();
	const presence = createPresence<DraftChannel>({
		...parts,
		isFor: isDraftChannel,
		openOn: (ledger) => openDraftOf(ledger)?.channels ?? nobody,
		say: (channel, message) => speech.say(channel, message)
	});
	const speech = createSpeech(limits.waitingBytes, tellAll);
	const atWork = createOpenDrafts({
		store,
		thread,
		draftBytes: limits.draftBytes,
		budgetMs: limits.draftBudgetMs,
		admits,
		onSpent: shares.spend,
		...speech,
		onDone({ channel, asked }) {
			channel.state.waiting -= bytesOf(asked);
		},
		onIdle: forgetEmpty,
		onHeavy: shares.bar,
		onErased(draft) {
			for (const channel of [...draft.channels]) {
				speech.refuse(channel, 'erased');
				leave(channel);
			}
		},
		onBroken: parts.onBroken
	});

	function hear(writer: Writer, name: string, message: Message): Promise<Heard> {
		const state = states.get(writer) ?? makeState(writer);
		if (isTooFast(state)) return Promise.resolve('too-fast');
		const heard = state.turn.then(() => hearInTurn(writer, state, name, message));
		state.turn = heard.catch(() => undefined);
		return heard;
	}

	async function hearInTurn(
		writer: Writer,
		state: WriterState,
		name: string,
		message: Message
	): Promise<Heard> {
		const channel = state.channels.get(name) ?? null;
		if (message.is === 'step1') {
			const entered = channel ?? (await enter(writer, state, name));
			if (entered === null) return 'denied';
			return put(entered, { is: 'ask', vector: new Uint8Array(message.stateVector) });
		}
		if (channel === null) return 'heard';
		if (message.is === 'write') return write(channel, message.update);
		if (message.is === 'awareness') presence.hear(channel, writer.session.person, message.update);
		if (message.is === 'queryAwareness') presence.tell(channel);
		return 'heard';
	}

	function makeState(writer: Writer): WriterState {
		const turn = Promise.resolve();
		const state: WriterState = { channels: new Map(), turn, said: 0, since: now(), waiting: 0 };
		states.set(writer, state);
		return state;
	}

	/** [R4] Also what is denied, and presence: the one asks the store, the other goes to everybody there. */
	function isTooFast(state: WriterState): boolean {
		if (now() - state.since > WINDOW_MS) Object.assign(state, { since: now(), said: 0 });
		state.said += 1;
		return state.said > limits.draftMessagesPer10s;
	}

	/** [A2] Whoever may read the record may open its draft, and nobody else. */
	async function enter(
		writer: Writer,
		state: WriterState,
		name: string
	): Promise<DraftChannel | null> {
		const at = name.lastIndexOf('@');
		const record = RecordId.safeParse(name.slice(PREFIX.length, at)).data;
		if (record === undefined || name.slice(at + 1) !== epoch) return null;
		const standing = await store.standing(record);
		if (standing === null || standing.state === 'erased' || !mayRead(writer, standing)) return null;
		if (state.channels.size >= limits.draftsPerSocket || !states.has(writer)) return null;
		const draft = openDrafts.get(record) ?? openDraft(record);
		const ledger = name.slice(0, at);
		const channel: DraftChannel = {
			ledger,
			name,
			writer,
			state,
			standing,
			draft,
			isBehind: false,
			isAsked: false,
			isGreeted: false
		};
		state.channels.set(name, channel);
		draft.channels.add(channel);
		presence.tell(channel);
		return channel;
	}

	function openDraft(record: RecordId): OpenDraft {
		const draft: OpenDraft = {
			record,
			channels: new Set(),
			queue: [],
			kept: null,
			isWorking: false
		};
		openDrafts.set(record, draft);
		return draft;
	}

	function openDraftOf(ledger: string): OpenDraft | undefined {
		const record = RecordId.safeParse(ledger.slice(PREFIX.length)).data;
		return record && openDrafts.get(record);
	}

	function write(channel: DraftChannel, update: Uint8Array): Heard {
		const { device } = channel.writer.session;
		if (update.length > limits.draftBytes) {
			speech.refuse(channel, 'too-large');
			return 'heard';
		}
		// A copy: the frame it came in may be part of something larger.
		return put(channel, { is: 'write', device, update: new Uint8Array(update) });
	}

	function put(channel: DraftChannel, asked: Asked): Heard {
		if (!admits({ channel, asked })) return 'heard';
		if (channel.state.waiting + bytesOf(asked) > limits.waitingBytes) return 'too-fast';
		enqueue(channel, asked);
		return 'heard';
	}

	/** What waits of a person who is barred meanwhile is not worked on either. */
	function admits({ channel, asked }: Waiting): boolean {
		const { person } = channel.writer.session;
		const ms = shares.waitOf(person);
		if (asked.is === 'ask') {
			if (ms > 0) speech.tellLater(channel, ms);
			return ms === 0;
		}
		if (ms > 0) speech.refuse(channel, 'not-stored');
		else if (shares.isBarred(person)) speech.refuse(channel, 'too-heavy');
		else return true;
		return false;
	}

	function enqueue(channel: DraftChannel, asked: Asked): void {
		channel.state.waiting += bytesOf(asked);
		atWork.put(channel, asked);
	}

	function tellAll(channel: DraftChannel): void {
		enqueue(channel, { is: 'ask', vector: NOTHING_HELD });
	}

	function leave(channel: DraftChannel): void {
		const { draft, state, name } = channel;
		draft.channels.delete(channel);
		state.channels.delete(name);
		presence.leave(channel);
		forgetEmpty(draft);
	}

	/** Each asks how its draft stands before it answers. */
	function lookAgain({ channels }: OpenDraft): void {
		for (const channel of channels) tellAll(channel);
	}

	/** What cannot be read now is told once it can be; the other drafts do not wait for it. */
	async function catchUp(draft: OpenDraft, last: number, isAgain = false): Promise<void> {
		try {
			await atWork.catchUp(draft, last);
		} catch (cause) {
			if (!isAgain) parts.onBroken(cause);
			setTimeout(() => {
				if (openDrafts.get(draft.record) === draft) void catchUp(draft, last, true);
			}, AGAIN_MS).unref();
		}
	}

	function forgetEmpty(draft: OpenDraft): void {
		// There is never a second of it: what is still being stored is told in this one.
		if (draft.channels.size === 0 && !draft.isWorking) openDrafts.delete(draft.record);
	}

	return {
		hear,
		shut(writer, names) {
			const state = states.get(writer);
			if (state === undefined) return;
			const leaveThem = () => {
				for (const [name, channel] of state.channels)
					if (names === undefined || names.includes(name)) leave(channel);
			};
			if (names !== undefined) {
				// After all it said there before: it may open the same draft again, as one that was not there.
				state.turn = state.turn.then(leaveThem);
				return;
			}
			states.delete(writer);
			leaveThem();
		},
		recheck(writer) {
			const channels = [...(states.get(writer)?.channels.values() ?? [])];
			const lost = channels.filter(({ standing }) => !mayRead(writer, standing));
			for (const channel of lost) leave(channel);
			return lost.map(({ name }) => name);
		},
		erased() {
			for (const draft of openDrafts.values()) lookAgain(draft);
		},
		async writtenElsewhere(drafts) {
			for (const [record, last] of drafts) {
				const draft = openDrafts.get(record);
				if (draft === undefined) continue;
				if (last === 0) lookAgain(draft);
				else await catchUp(draft, last);
			}
		},
		async close() {
			await atWork.settled();
			await thread.close();
		},
		get counts() {
			const open = [...openDrafts.values()].reduce((sum, { channels }) => sum + channels.size, 0);
			return { open, refused: speech.refused, broken: thread.broken };
		}
	};
}

function bytesOf(asked: Asked): number {
	return asked.is === 'write' ? asked.update.length : asked.vector.length;
}

function mayRead({ prefixes }: Writer, { ledgers }: Standing): boolean {
	return ledgers.some((ledger) => isReadable(prefixes, ledger));
}
