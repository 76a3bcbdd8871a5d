/** What is done at one shared draft at a time: tried, stored, and only then told (R1). */
import type { PersonId } from '#domain/ids.ts';
import { syncMessage } from '../sockets/frames.ts';
import type { DraftBench } from './draft-bench.ts';
import type { Answer, Asked, Outcome } from './draft-job.ts';
import type { Room, Seat, Speech, Waiting } from './draft-seat.ts';
import type { Added, DraftStore, KeptDraft } from './draft-store.ts';

/** Messages worked on together. */
const BATCH = 64;

export interface DraftRoomsParts extends Pick<Speech, 'say' | 'refuse'> {
	readonly store: DraftStore;
	readonly bench: DraftBench;
	readonly draftBytes: number;
	readonly budgetMs: number;
	/** Is it worked on? Where not, whoever said it is told, now or later. */
	readonly admits: (waiting: Waiting) => boolean;
	/** A person's message was worked on, for so long. */
	readonly onSpent: (person: PersonId, ms: number) => void;
	/** A message was answered, one way or another. */
	readonly onDone: (waiting: Waiting) => void;
	/** Nothing of it waits, and nothing is being worked on. */
	readonly onIdle: (room: Room) => void;
	/** A person's bytes broke the thread. */
	readonly onHeavy: (person: PersonId) => void;
	readonly onErased: (room: Room) => void;
	readonly onBroken: (cause: unknown) => void;
}

export interface DraftRooms {
	/** Takes what a seat says, in the order it was said. */
	put(seat: Seat, asked: Asked): void;
	/** [R2] Another relay wrote, up to a piece: what was not told here is. */
	catchUp(room: Room, last: number): Promise<void>;
	/** Resolves when nothing is waiting. */
	settled(): Promise<void>;
}

export function createDraftRooms(parts: DraftRoomsParts): DraftRooms {
	const { store, bench, say, refuse } = parts;
	let working = Promise.resolve();

	function put(seat: Seat, asked: Asked): void {
		const { room } = seat;
		room.queue.push({ seat, asked });
		if (room.isWorking) return;
		room.isWorking = true;
		const run = attendAll(room);
		working = Promise.all([working, run]).then(() => undefined);
	}

	async function attendAll(room: Room): Promise<void> {
		while (room.queue.length > 0) {
			const batch = room.queue.splice(0, BATCH);
			try {
				await attend(room, batch);
			} catch (cause) {
				parts.onBroken(cause);
				for (const { seat } of batch) giveUp(seat);
			}
			for (const waiting of batch) parts.onDone(waiting);
		}
		room.isWorking = false;
		parts.onIdle(room);
	}

	async function attend(room: Room, batch: readonly Waiting[]): Promise<void> {
		const standing = await store.standing(room.record);
		const state = standing?.state ?? 'erased';
		if (state !== 'open') return attendClosed(room, batch, state);
		const admitted = batch.filter(parts.admits);
		if (admitted.length === 0) return;
		const kept = room.kept ?? (await read(room));
		const outcome = await work(kept, admitted);
		if (outcome === 'too-heavy') return attendHeavy(room, admitted);
		const added = await keep(room, kept, outcome);
		if (added === 'closed') return attendClosed(room, admitted, 'frozen');
		if (added === 'behind') {
			await read(room);
			return attend(room, admitted);
		}
		for (const [i, { seat }] of admitted.entries()) {
			const answer = outcome.answers[i];
			if (answer !== undefined) tell(room, seat, answer);
		}
	}

	/** [R4] Each person answers for what their messages cost the thread that all share. */
	async function work(
		{ pieces, writers }: KeptDraft,
		batch: readonly Waiting[]
	): Promise<Outcome | 'too-heavy'> {
		const asked = batch.map((waiting) => waiting.asked);
		const outcome = await bench.work({ stored: pieces, writers, asked, most: parts.draftBytes });
		const spentOn = (i: number) =>
			outcome === 'too-heavy' ? parts.budgetMs / batch.length : (outcome.spent[i] ?? 0);
		for (const [i, { seat }] of batch.entries())
			parts.onSpent(seat.writer.session.person, spentOn(i));
		return outcome;
	}

	/** Nobody writes here any more; whoever may read it still may. */
	async function attendClosed(
		room: Room,
		batch: readonly Waiting[],
		state: 'frozen' | 'erased'
	): Promise<void> {
		for (const { seat, asked } of batch) if (asked.is === 'write') refuse(seat, state);
		if (state === 'erased') {
			room.kept = null;
			return parts.onErased(room);
		}
		const reads = batch.filter((waiting) => waiting.asked.is === 'ask' && parts.admits(waiting));
		if (reads.length === 0) return;
		const kept = room.kept ?? (await read(room));
		const outcome = await work(kept, reads);
		for (const [i, { seat }] of reads.entries()) {
			const answer = outcome === 'too-heavy' ? undefined : outcome.answers[i];
			if (answer === undefined) giveUp(seat);
			else if (answer.is === 'missing') say(seat, syncMessage('step2', answer.update));
			else tell(room, seat, answer);
		}
	}

	/** One of them took too much: each is tried alone, so that the others lose nothing. */
	async function attendHeavy(room: Room, batch: readonly Waiting[]): Promise<void> {
		const [only] = batch;
		if (batch.length > 1) {
			for (const one of batch) await attend(room, [one]);
			return;
		}
		if (only === undefined) return;
		if (only.asked.is === 'ask') return giveUp(only.seat);
		parts.onHeavy(only.seat.writer.session.person);
		refuse(only.seat, 'too-heavy');
	}

	/** [R1] Stored before anybody hears of it. */
	async function keep(
		room: Room,
		{ pieces: before, last }: KeptDraft,
		{ answers, whole, writers }: Outcome
	): Promise<Added> {
		const taken = answers.flatMap((answer) =>
			'update' in answer && answer.is !== 'missing' && answer.update !== null ? [answer.update] : []
		);
		if (taken.length === 0) return 'stored';
		const isWhole = whole !== null;
		const pieces = isWhole ? [whole] : taken;
		const added = await store.add(room.record, { last, pieces, isWhole, writers });
		if (added === 'stored') {
			const all = isWhole ? pieces : [...before, ...pieces];
			hold(room, { pieces: all, last: last + pieces.length, writers });
		}
		return added;
	}

	/** What is read while a job runs may be newer than what the job stored. */
	function hold(room: Room, stored: KeptDraft): KeptDraft {
		if (room.kept === null || room.kept.last < stored.last) room.kept = stored;
		return room.kept;
	}

	/** Reads the draft as stored, and tells what another relay wrote into it since. */
	async function read(room: Room): Promise<KeptDraft> {
		const stored = await store.read(room.record);
		// Where nothing was read before, nobody here was told anything yet.
		const told = room.kept?.last ?? stored.last;
		if (stored.last > told)
			for (const piece of stored.pieces.slice(told - stored.last)) spread(room, null, piece);
		return hold(room, stored);
	}

	function tell(room: Room, seat: Seat, answer: Answer): void {
		switch (answer.is) {
			case 'taken':
				if (answer.update !== null) spread(room, seat, answer.update);
				seat.isAsked = false;
				return;
			case 'missing':
				say(seat, syncMessage('step2', answer.update));
				if (seat.isGreeted) return;
				seat.isGreeted = true;
				return say(seat, syncMessage('step1', answer.vector));
			case 'incomplete':
				if (answer.update !== null) spread(room, seat, answer.update);
				// Who was asked and brought nothing new lacks it as well: asking again would go on for ever.
				if (seat.isAsked && answer.update === null) return;
				seat.isAsked = true;
				return say(seat, syncMessage('step1', answer.vector));
			case 'refused':
				refuse(seat, answer.why);
		}
	}

	function spread(room: Room, from: Seat | null, update: Uint8Array): void {
		const message = syncMessage('update', update);
		for (const seat of room.seats) if (seat !== from) say(seat, message);
	}

	/** What it wrote is not stored: it must not believe so, and is told to come again. */
	function giveUp(seat: Seat): void {
		refuse(seat, 'not-stored');
	}

	return {
		put,
		async catchUp(room, last) {
			if ((room.kept?.last ?? 0) < last) await read(room);
		},
		settled: () => working
	};
}
