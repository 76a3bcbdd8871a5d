/** What is done at one shared draft at a time: tried, stored, and only then told (R1). */
import type { PersonId } from '#domain/ids.ts';
import { syncMessage } from '../sockets/frames.ts';
import type { DraftThread } from './thread.ts';
import type { Answer, Asked, Outcome } from './job.ts';
import type { OpenDraft, DraftChannel, Speech, Waiting } from './draft-channel.ts';
import type { Added, DraftStore, KeptDraft } from './store.ts';

/** Messages worked on together. */
const BATCH = 64;

export interface OpenDraftsParts extends Pick<Speech, 'say' | 'refuse'> {
	readonly store: DraftStore;
	readonly thread: DraftThread;
	readonly draftBytes: number;
	readonly budgetMs: number;
	/** Is it worked on? Where not, whoever said it is told, now or later. */
	readonly admits: (waiting: Waiting) => boolean;
	/** A person's message was worked on, for so long. */
	readonly onSpent: (person: PersonId, ms: number) => void;
	/** A message was answered, one way or another. */
	readonly onDone: (waiting: Waiting) => void;
	/** Nothing of it waits, and nothing is being worked on. */
	readonly onIdle: (draft: OpenDraft) => void;
	/** A person's bytes broke the thread. */
	readonly onHeavy: (person: PersonId) => void;
	readonly onErased: (draft: OpenDraft) => void;
	readonly onBroken: (cause: unknown) => void;
}

export interface OpenDrafts {
	/** Takes what a channel says, in the order it was said. */
	put(channel: DraftChannel, asked: Asked): void;
	/** [R2] Another relay wrote, up to a piece: what was not told here is. */
	catchUp(draft: OpenDraft, last: number): Promise<void>;
	/** Resolves when nothing is waiting. */
	settled(): Promise<void>;
}

export function createOpenDrafts(parts: OpenDraftsParts): OpenDrafts {
	const { store, thread, say, refuse } = parts;
	let working = Promise.resolve();

	function put(channel: DraftChannel, asked: Asked): void {
		const { draft } = channel;
		draft.queue.push({ channel, asked });
		if (draft.isWorking) return;
		draft.isWorking = true;
		const run = attendAll(draft);
		working = Promise.all([working, run]).then(() => undefined);
	}

	async function attendAll(draft: OpenDraft): Promise<void> {
		while (draft.queue.length > 0) {
			const batch = draft.queue.splice(0, BATCH);
			try {
				await attend(draft, batch);
			} catch (cause) {
				parts.onBroken(cause);
				for (const { channel } of batch) giveUp(channel);
			}
			for (const waiting of batch) parts.onDone(waiting);
		}
		draft.isWorking = false;
		parts.onIdle(draft);
	}

	async function attend(draft: OpenDraft, batch: readonly Waiting[]): Promise<void> {
		const standing = await store.standing(draft.record);
		const state = standing?.state ?? 'erased';
		if (state !== 'open') return attendClosed(draft, batch, state);
		const admitted = batch.filter(parts.admits);
		if (admitted.length === 0) return;
		const kept = draft.kept ?? (await read(draft));
		const outcome = await work(kept, admitted);
		if (outcome === 'too-heavy') return attendHeavy(draft, admitted);
		const added = await keep(draft, kept, outcome);
		if (added === 'closed') return attendClosed(draft, admitted, 'frozen');
		if (added === 'behind') {
			await read(draft);
			return attend(draft, admitted);
		}
		for (const [i, { channel }] of admitted.entries()) {
			const answer = outcome.answers[i];
			if (answer !== undefined) tell(draft, channel, answer);
		}
	}

	/** [R4] Each person answers for what their messages cost the thread that all share. */
	async function work(
		{ pieces, writers }: KeptDraft,
		batch: readonly Waiting[]
	): Promise<Outcome | 'too-heavy'> {
		const asked = batch.map((waiting) => waiting.asked);
		const outcome = await thread.work({ stored: pieces, writers, asked, most: parts.draftBytes });
		const spentOn = (i: number) =>
			outcome === 'too-heavy' ? parts.budgetMs / batch.length : (outcome.spent[i] ?? 0);
		for (const [i, { channel }] of batch.entries())
			parts.onSpent(channel.writer.session.person, spentOn(i));
		return outcome;
	}

	/** Nobody writes here any more; whoever may read it still may. */
	async function attendClosed(
		draft: OpenDraft,
		batch: readonly Waiting[],
		state: 'frozen' | 'erased'
	): Promise<void> {
		for (const { channel, asked } of batch) if (asked.is === 'write') refuse(channel, state);
		if (state === 'erased') {
			draft.kept = null;
			return parts.onErased(draft);
		}
		const reads = batch.filter((waiting) => waiting.asked.is === 'ask' && parts.admits(waiting));
		if (reads.length === 0) return;
		const kept = draft.kept ?? (await read(draft));
		const outcome = await work(kept, reads);
		for (const [i, { channel }] of reads.entries()) {
			const answer = outcome === 'too-heavy' ? undefined : outcome.answers[i];
			if (answer === undefined) giveUp(channel);
			else if (answer.is === 'missing') say(channel, syncMessage('step2', answer.update));
			else tell(draft, channel, answer);
		}
	}

	/** One of them took too much: each is tried alone, so that the others lose nothing. */
	async function attendHeavy(draft: OpenDraft, batch: readonly Waiting[]): Promise<void> {
		const [only] = batch;
		if (batch.length > 1) {
			for (const one of batch) await attend(draft, [one]);
			return;
		}
		if (only === undefined) return;
		if (only.asked.is === 'ask') return giveUp(only.channel);
		parts.onHeavy(only.channel.writer.session.person);
		refuse(only.channel, 'too-heavy');
	}

	/** [R1] Stored before anybody hears of it. */
	async function keep(
		draft: OpenDraft,
		{ pieces: before, last }: KeptDraft,
		{ answers, whole, writers }: Outcome
	): Promise<Added> {
		const taken = answers.flatMap((answer) =>
			'update' in answer && answer.is !== 'missing' && answer.update !== null ? [answer.update] : []
		);
		if (taken.length === 0) return 'stored';
		const isWhole = whole !== null;
		const pieces = isWhole ? [whole] : taken;
		const added = await store.add(draft.record, { last, pieces, isWhole, writers });
		if (added === 'stored') {
			const all = isWhole ? pieces : [...before, ...pieces];
			hold(draft, { pieces: all, last: last + pieces.length, writers });
		}
		return added;
	}

	/** What is read while a job runs may be newer than what the job stored. */
	function hold(draft: OpenDraft, stored: KeptDraft): KeptDraft {
		if (draft.kept === null || draft.kept.last < stored.last) draft.kept = stored;
		return draft.kept;
	}

	/** Reads the draft as stored, and tells what another relay wrote into it since. */
	async function read(draft: OpenDraft): Promise<KeptDraft> {
		const stored = await store.read(draft.record);
		// Where nothing was read before, nobody here was told anything yet.
		const told = draft.kept?.last ?? stored.last;
		if (stored.last > told)
			for (const piece of stored.pieces.slice(told - stored.last)) spread(draft, null, piece);
		return hold(draft, stored);
	}

	function tell(draft: OpenDraft, channel: DraftChannel, answer: Answer): void {
		switch (answer.is) {
			case 'taken':
				if (answer.update !== null) spread(draft, channel, answer.update);
				channel.isAsked = false;
				return;
			case 'missing':
				say(channel, syncMessage('step2', answer.update));
				if (channel.isGreeted) return;
				channel.isGreeted = true;
				return say(channel, syncMessage('step1', answer.vector));
			case 'incomplete':
				if (answer.update !== null) spread(draft, channel, answer.update);
				// Who was asked and brought nothing new lacks it as well: asking again would go on for ever.
				if (channel.isAsked && answer.update === null) return;
				channel.isAsked = true;
				return say(channel, syncMessage('step1', answer.vector));
			case 'refused':
				refuse(channel, answer.why);
		}
	}

	function spread(draft: OpenDraft, from: DraftChannel | null, update: Uint8Array): void {
		const message = syncMessage('update', update);
		for (const channel of draft.channels) if (channel !== from) say(channel, message);
	}

	/** What it wrote is not stored: it must not believe so, and is told to come again. */
	function giveUp(channel: DraftChannel): void {
		refuse(channel, 'not-stored');
	}

	return {
		put,
		async catchUp(draft, last) {
			if ((draft.kept?.last ?? 0) < last) await read(draft);
		},
		settled: () => working
	};
}
