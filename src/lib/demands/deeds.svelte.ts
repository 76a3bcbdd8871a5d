/** Stores what is said of demands, remembers the last deed, and takes it back while it has not left. */
import type { EntryId } from '#domain/ids.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { App, Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { TAKE_BACK_MS } from '#lib/outbox/say.ts';

export interface Deed {
	readonly words: string;
	readonly row: DemandRow;
	/** Where to look at it. */
	readonly href?: string;
	/** [F5] What nothing else can undo stays here for ten seconds, so that it can be taken back. */
	readonly hold?: boolean;
	/** What is said where it could not be taken back any more, if neither 更正 nor 作废 is possible then. */
	readonly tooLate?: string | undefined;
}

export interface DoneWords {
	readonly words: string;
	readonly note?: string;
	readonly href?: string;
}

export interface Deeds {
	readonly done: DoneWords | null;
	/** Only while it can still be taken back. */
	readonly takeBack: (() => void) | undefined;
	/** Answers what went wrong in words, or null. */
	say(
		deed: Deed,
		utterances: readonly Utterance[],
		draft?: { readonly key: string; close(): void }
	): Promise<string | null>;
	forget(): void;
}

interface Held {
	readonly commit: EntryId;
	readonly title: string;
	readonly tooLate: string;
}

export function deeds(app: Pick<App, 'say' | 'takeBack'>): Deeds {
	let done = $state.raw<DoneWords | null>(null);
	let held = $state.raw<Held | null>(null);
	let timer: ReturnType<typeof setTimeout> | undefined;

	async function takeBack({ commit, title, tooLate }: Held): Promise<void> {
		clearTimeout(timer);
		held = null;
		const taken = await app.takeBack(commit);
		const { takenBack, asBefore, writtenSince } = m.secretary.done;
		if (done === null) return;
		done = taken.ok
			? { ...done, words: takenBack(title), note: asBefore }
			: { ...done, note: taken.reason === 'too-late' ? tooLate : writtenSince };
	}

	return {
		get done() {
			return done;
		},
		get takeBack() {
			const last = held;
			return last === null ? undefined : () => void takeBack(last);
		},
		async say(
			{ words, row, href, hold = false, tooLate = m.secretary.done.tooLate },
			utterances,
			draft
		) {
			const said = await app.say(utterances, {
				hold,
				...(draft === undefined ? {} : { draft: draft.key })
			});
			if (!said.ok) return m.secretary.sayProblems[said.reason];
			draft?.close();
			clearTimeout(timer);
			done = href === undefined ? { words } : { words, href };
			held = hold ? { commit: said.commit, title: row.title, tooLate } : null;
			if (hold) timer = setTimeout(() => (held = null), TAKE_BACK_MS);
			return null;
		},
		forget() {
			done = null;
			held = null;
		}
	};
}
