/**
 * One tab syncs (O3): a Web Lock held by the leader's worker, with a heartbeat so that a frozen leader's
 * lock is stolen. Without Web Locks the tab that beats leads and the others only read.
 */

export interface Electorate {
	/** One per person on this installation. */
	readonly name: string;
	readonly locks: LockManager | undefined;
	readonly openChannel: (name: string) => BroadcastChannel;
	readonly onRole: (role: TabRole) => void;
	/** Milliseconds; a test makes them short. */
	readonly beat?: number;
}
export type TabRole = 'leader' | 'follower' | 'reader';

export const BEAT_MS = 800;
/** Beats missed before a leader counts as frozen. */
export const MISSED = 4;

/** Runs `lead` while this tab is the leader; its signal aborts when another took over. Answers what ends it. */
export function stand(
	electorate: Electorate,
	lead: (signal: AbortSignal) => Promise<void>
): () => Promise<void> {
	const stopped = new AbortController();
	const { name, locks, openChannel, onRole, beat = BEAT_MS } = electorate;
	const pulse = takePulse(openChannel(`${name}-beats`), beat);

	/** Leads until its term ends, or another leader's beat is heard: it took over while we were frozen. */
	async function serve(term = new AbortController()): Promise<void> {
		const end = () => term.abort();
		stopped.signal.addEventListener('abort', end);
		const rest = pulse.beat(end);
		onRole('leader');
		try {
			if (!stopped.signal.aborted) await lead(term.signal);
		} finally {
			rest();
			stopped.signal.removeEventListener('abort', end);
		}
	}

	const running = (locks ? standWithLocks(locks) : standWithoutLocks()).finally(() =>
		pulse.close()
	);

	async function standWithLocks(locks: LockManager): Promise<void> {
		let isFrozen = false;
		while (!stopped.signal.aborted) {
			onRole('follower');
			isFrozen = await waitAndServe(locks, { steal: isFrozen });
		}
	}

	/** Answers whether the leader waited for turned out to be frozen. */
	async function waitAndServe(locks: LockManager, { steal }: { steal: boolean }): Promise<boolean> {
		const wish = new AbortController();
		const giveUp = () => wish.abort();
		stopped.signal.addEventListener('abort', giveUp);
		let isFrozen = false;
		const term = new AbortController();
		let serving: Promise<void> | null = null;
		const watching = setInterval(() => {
			if (!pulse.isSilent()) return;
			isFrozen = true;
			wish.abort();
		}, beat);
		try {
			await locks.request(name, steal ? { steal } : { signal: wish.signal }, () => {
				clearInterval(watching);
				isFrozen = false;
				serving = serve(term);
				return serving;
			});
		} catch (cause) {
			// The wish was given up, or the lock was stolen from us.
			if (!(cause instanceof DOMException) || cause.name !== 'AbortError') throw cause;
			term.abort();
			await serving;
		} finally {
			clearInterval(watching);
			stopped.signal.removeEventListener('abort', giveUp);
		}
		return isFrozen;
	}

	async function standWithoutLocks(): Promise<void> {
		while (!stopped.signal.aborted) {
			// Listening first: a leader is heard within two beats.
			await pause(2 * beat, stopped.signal);
			if (stopped.signal.aborted) return;
			if (pulse.isSilent()) await serve();
			else onRole('reader');
		}
	}

	return async () => {
		stopped.abort();
		await running;
	};
}

interface Pulse {
	/** No leader was heard for some beats. */
	isSilent(): boolean;
	/** Beats as the leader until rested; `onOther` hears another leader. */
	beat(onOther: () => void): () => void;
	close(): void;
}

function takePulse(channel: BroadcastChannel, beat: number): Pulse {
	let heardAt = performance.now();
	let onOther: (() => void) | null = null;
	channel.onmessage = () => {
		heardAt = performance.now();
		onOther?.();
	};
	return {
		isSilent: () => performance.now() - heardAt > MISSED * beat,
		beat(listener) {
			onOther = listener;
			channel.postMessage('beat');
			const beating = setInterval(() => channel.postMessage('beat'), beat);
			return () => {
				clearInterval(beating);
				onOther = null;
				heardAt = performance.now();
			};
		},
		close: () => channel.close()
	};
}

function pause(ms: number, stopped: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer);
			stopped.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		stopped.addEventListener('abort', done);
	});
}
