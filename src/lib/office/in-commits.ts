/** Long work said commit by commit: it can be stopped, goes on where it was, and says how far it is. */
import { COMMIT_ENTRIES } from '#domain/entry.ts';
import type { RecordId } from '#domain/ids.ts';
import { chunks } from '#lib/chunks.ts';

export interface Saying {
	readonly kind: string;
	readonly record: RecordId;
	readonly body: Readonly<Record<string, unknown>>;
	/** [E4] As `Utterance` has it. */
	readonly seen?: number;
}

/** Signs and stores one commit; answers the reason when it could not. */
export type SayCommit<Why extends string> = (
	utterances: readonly Saying[]
) => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: Why }>;

export interface Telling<Why extends string> {
	readonly say: SayCommit<Why>;
	readonly signal: AbortSignal;
	readonly onProgress: (done: number) => void;
}

export type Ended<Why extends string> =
	| { readonly is: 'done'; readonly said: number }
	| { readonly is: 'cancelled'; readonly said: number }
	| { readonly is: 'failed'; readonly said: number; readonly reason: Why };

/**
 * Says at most one entry for each item. `saying` is asked for a handful at a time, just before they are
 * said, so that it can pass over what is here already.
 */
export async function inCommits<T, Why extends string>(
	items: readonly T[],
	saying: (chunk: readonly T[]) => Promise<readonly Saying[]>,
	{ say, signal, onProgress }: Telling<Why>
): Promise<Ended<Why>> {
	let [done, said] = [0, 0];
	for (const chunk of chunks(items, COMMIT_ENTRIES)) {
		if (signal.aborted) return { is: 'cancelled', said };
		const utterances = await saying(chunk);
		if (utterances.length > 0) {
			const result = await say(utterances);
			if (!result.ok) return { is: 'failed', said, reason: result.reason };
		}
		done += chunk.length;
		said += utterances.length;
		onProgress(done);
	}
	return { is: 'done', said };
}
