/** How the pages of this device and the worker that syncs tell each other of shared drafts. */
import type { RecordId } from '#domain/ids.ts';

/** Somebody else at the same draft. */
export interface Other {
	readonly person: string;
	readonly isWriting: boolean;
}

export type Told =
	/** A page has the draft open, with all it holds of it; said again and again while it has. */
	| {
			readonly is: 'open';
			readonly record: RecordId;
			/** One page may have it open twice: each says for itself that it is there, and that it is not. */
			readonly by: string;
			readonly of: RecordId;
			readonly update: Uint8Array;
			readonly isWriting: boolean;
	  }
	| { readonly is: 'closed'; readonly record: RecordId; readonly by: string }
	| { readonly is: 'erased'; readonly record: RecordId }
	| { readonly is: 'update'; readonly record: RecordId; readonly update: Uint8Array }
	| { readonly is: 'others'; readonly record: RecordId; readonly others: readonly Other[] };

export interface SharedLine {
	tell(told: Told): void;
	close(): void;
}

/** How often a page says that it is still there, and after what silence it is not. */
export const STILL_OPEN_MS = 4_000;
export const GONE_MS = 10_000;

export function sharedLine(prefix: string, hear: (told: Told) => void): SharedLine {
	const channel = new BroadcastChannel(`${prefix}-shared`);
	// Only this module posts to that channel.
	channel.onmessage = ({ data }: MessageEvent<Told>) => hear(data);
	return { tell: (told) => channel.postMessage(told), close: () => channel.close() };
}
