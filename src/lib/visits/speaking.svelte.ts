/** 语音备注 while it is spoken: kept second by second, and named by its form once it ends, in whatever way. */
import { untrack } from 'svelte';
import { VOICE_SECONDS } from '#domain/media.ts';
import type { App } from '#lib/app.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import { m } from '#lib/i18n/index.ts';
import { alone, onceAlone, openMicrophone, record, type Recording } from '#lib/media/microphone.ts';
import type { VoiceDraft } from './correcting.ts';

export type Speech =
	| { readonly is: 'silent' }
	/** The browser may be asking for leave. */
	| { readonly is: 'opening' }
	| { readonly is: 'speaking'; readonly seconds: number }
	| { readonly is: 'keeping' };

export interface SpeakingParts {
	readonly app: Pick<App, 'media' | 'newId'>;
	/** What the form holds, and how it is changed. */
	readonly voice: () => VoiceDraft;
	readonly change: (voice: VoiceDraft) => void;
	/** The form that names it is on the disk when this resolves. */
	readonly onKeep: () => Promise<void>;
}

export interface Speaking {
	readonly speech: Speech;
	/** What went wrong, in words. */
	readonly problem: string | null;
	/** Seconds of a recording that was cut off and is a note now. */
	readonly found: number | null;
	start(): Promise<void>;
	/** Answers whether all that was said is kept. */
	stop(): Promise<boolean>;
}

const TICK_MS = 200;

/** Call while a component is being made: what was cut off is taken up, and what is being said ends with it. */
export function createSpeaking({ app, voice, change, onKeep }: SpeakingParts): Speaking {
	const words = m.visit.voice;
	let speech = $state.raw<Speech>({ is: 'silent' });
	let problem = $state.raw<string | null>(null);
	let found = $state.raw<number | null>(null);
	let running: Recording | null = null;
	let over: Promise<void> = Promise.resolve();
	let isGone = false;

	$effect(() => {
		const stopHidden = () => document.hidden && running?.stop();
		document.addEventListener('visibilitychange', stopHidden);
		return () => {
			document.removeEventListener('visibilitychange', stopHidden);
			isGone = true;
			running?.stop();
		};
	});
	if (untrack(voice).recording !== null) void during('keeping', () => onceAlone(takeUpLeft));

	/** One thing at a time; answers come as words of what went wrong. */
	function during(is: 'opening' | 'keeping', work: () => Promise<string | null>): Promise<void> {
		if (speech.is !== 'silent') return over;
		problem = null;
		found = null;
		speech = { is };
		over = work()
			.then((said) => void (problem = said))
			.catch((cause: unknown) => {
				console.error('voice: it was not kept', cause);
				problem = words.storageBroken;
			})
			.finally(() => (speech = { is: 'silent' }));
		return over;
	}

	async function takeUpLeft(): Promise<string | null> {
		const before = voice().kept.length;
		const trouble = await takeUp();
		found = voice().kept[before]?.seconds ?? null;
		return trouble;
	}

	async function speak(): Promise<string | null> {
		const trouble = await takeUp();
		if (trouble !== null) return trouble;
		const microphone = await openMicrophone();
		if (!microphone.ok) return words.noMicrophone[microphone.reason];
		const heard = isGone ? Promise.resolve(null) : listen(microphone.stream);
		const cut = await heard.finally(microphone.close);
		speech = { is: 'keeping' };
		return (await takeUp()) ?? cut;
	}

	/** Until it is stopped; answers why it could not go on, where that was a full device. */
	async function listen(stream: MediaStream): Promise<string | null> {
		const recording: string = app.newId();
		change({ ...voice(), recording });
		// Named by the form before there is any of it: what a kill leaves is found by that name.
		await onKeep();
		const mine = record(stream, (piece) => app.media.spoken.keep({ recording, ...piece }));
		running = mine;
		speech = { is: 'speaking', seconds: 0 };
		const ticking = setInterval(() => {
			const seconds = Math.floor(mine.elapsed() / 1000);
			if (seconds >= VOICE_SECONDS) mine.stop();
			speech = { is: 'speaking', seconds: Math.min(seconds, VOICE_SECONDS) };
		}, TICK_MS);
		try {
			await mine.done;
			return null;
		} catch (cause) {
			const reason = storageProblem(cause);
			if (reason === null) throw cause;
			return words.keepProblems[reason];
		} finally {
			clearInterval(ticking);
			running = null;
		}
	}

	/** What was recorded becomes a note. A form that is gone finds it when it is opened anew. */
	async function takeUp(): Promise<string | null> {
		const { recording, kept: before } = voice();
		if (recording === null || isGone) return null;
		const spoken = await app.media.spoken.whole(recording);
		const stored = spoken && (await app.media.keep(spoken.medium));
		if (stored?.ok === false) return words.keepProblems[stored.reason];
		const named = spoken && stored ? [{ sha256: stored.sha256, seconds: spoken.seconds }] : [];
		change({ kept: [...before, ...named], recording: null });
		try {
			await onKeep();
		} catch (cause) {
			change({ kept: before, recording });
			throw cause;
		}
		if (!isGone) await app.media.spoken.forget(recording);
		return spoken === null ? words.nothing : null;
	}

	return {
		get speech() {
			return speech;
		},
		get problem() {
			return problem;
		},
		get found() {
			return found;
		},
		start: () => during('opening', () => alone(speak, words.elsewhere)),
		async stop() {
			// Nothing was said yet.
			if (speech.is === 'opening') return true;
			running?.stop();
			await over;
			return problem === null;
		}
	};
}
