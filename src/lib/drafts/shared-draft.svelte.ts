/** A shared draft as runes: opened while a component is there, and what of it has reached the relay. */
import type { RecordId } from '#domain/ids.ts';
import { replyDraft } from '#domain/kinds/draft.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import type { Other } from './shared-line.ts';
import type { SharedText } from './shared-text.ts';

/**
 * `only-here` waits for a network; `refused` will not be taken, `unsaved` is not even on this device's disk;
 * `unopened` is, but others could not be told of it.
 */
export type Reach =
	| { readonly is: 'nothing' | 'only-here' | 'everywhere' | 'unsaved' | 'unopened' }
	| { readonly is: 'refused'; readonly why: string };

export interface SharedDraft {
	/** Null until it is read from this device. */
	readonly open: SharedText | null;
	readonly text: string;
	readonly others: readonly Other[];
	readonly reach: Reach;
	flush(): Promise<void>;
	/** Forgets what this device alone holds. */
	drop(): Promise<void>;
}

/** Call while a component is being made. It is opened for everybody once something is typed. */
export function sharedReply(app: App, demand: RecordId): SharedDraft {
	const record = replyDraft(demand);
	const kept = live(() => app.shared.kept(record), null);
	const opened = live(() => app.rows.one('draft', record), null);
	let open = $state.raw<SharedText | null>(null);
	let text = $state('');
	let others = $state.raw<readonly Other[]>([]);
	let failed = $state(false);
	let isUnopened = $state(false);
	let isGone = false;
	let isOpening = false;

	$effect(() => {
		app.shared
			.open(record, demand)
			.then((shared) => {
				if (isGone) return void shared.close();
				shared.onChange(() => show(shared));
				show(shared);
				open = shared;
			})
			.catch(() => (failed = true));
		const saveNow = () => void open?.flush();
		document.addEventListener('visibilitychange', saveNow);
		window.addEventListener('pagehide', saveNow);
		return () => {
			isGone = true;
			document.removeEventListener('visibilitychange', saveNow);
			window.removeEventListener('pagehide', saveNow);
			void open?.close();
		};
	});
	$effect(() => {
		// Something was typed and kept: from now on everybody at the desk may write in it.
		if (kept.current === null || !opened.ready || opened.current !== null || isOpening) return;
		isOpening = true;
		openForAll().catch(notOpened);
	});

	async function openForAll(): Promise<void> {
		const said = await app.say([{ kind: 'draft.opened.v1', record, body: { of: demand } }]);
		if (said.ok) isUnopened = false;
		else notOpened(said.reason);
	}

	/** Nobody else hears of it until it is: the next save tries again. */
	function notOpened(cause: unknown): void {
		console.error('shared draft: not opened', cause);
		isUnopened = true;
		isOpening = false;
	}

	function show(shared: SharedText): void {
		text = shared.text;
		others = shared.others;
		failed = shared.failed;
	}

	return {
		get open() {
			return open;
		},
		get text() {
			return text;
		},
		get others() {
			return others;
		},
		get reach(): Reach {
			if (failed) return { is: 'unsaved' };
			if (isUnopened) return { is: 'unopened' };
			const held = kept.current;
			if (held === null) return { is: 'nothing' };
			if (held.refusal !== undefined) return { is: 'refused', why: held.refusal };
			return { is: held.version > held.sent ? 'only-here' : 'everywhere' };
		},
		flush: async () => open?.flush(),
		drop: () => app.shared.drop(record)
	};
}
