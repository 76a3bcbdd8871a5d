/** [R4] One thread for all shared drafts, with a bound on time and memory: what breaks it is thrown away with it. */
import { Worker } from 'node:worker_threads';
import type { Job, Outcome } from './draft-job.ts';

export interface DraftBench {
	/** One job at a time, in order; `too-heavy` where it took more time or memory than it may. */
	work(job: Job): Promise<Outcome | 'too-heavy'>;
	close(): Promise<void>;
	/** Threads that were thrown away. */
	readonly broken: number;
}

interface Waiting {
	readonly job: Job;
	readonly resolve: (outcome: Outcome | 'too-heavy') => void;
}

export function createDraftBench({
	budgetMs,
	heapMb
}: {
	readonly budgetMs: number;
	readonly heapMb: number;
}): DraftBench {
	const queue: Waiting[] = [];
	let thread: Worker | null = null;
	let isReady = false;
	let current: Waiting | null = null;
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	let broken = 0;

	function start(): void {
		isReady = false;
		const started = new Worker(new URL('./draft-worker.ts', import.meta.url), {
			resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: heapMb / 4 }
		});
		thread = started;
		started.on('message', (told: Outcome | 'ready') => {
			// What one that was thrown away still had to say answers no job of its successor.
			if (started !== thread) return;
			if (told === 'ready') isReady = true;
			else finish(told);
			next();
		});
		// Out of memory, or a fault of ours: the job is lost with the thread, the next one gets another.
		started.on('error', () => discard(started));
		started.on('exit', () => discard(started));
		started.unref();
	}

	function next(): void {
		if (isClosed || current !== null || queue.length === 0) return;
		if (thread === null) return start();
		if (!isReady) return;
		current = queue.shift() ?? null;
		thread.ref();
		thread.postMessage(current?.job);
		const busy = thread;
		timer = setTimeout(() => discard(busy), budgetMs);
	}

	function finish(outcome: Outcome | 'too-heavy'): void {
		clearTimeout(timer);
		const done = current;
		current = null;
		thread?.unref();
		done?.resolve(outcome);
	}

	function discard(which: Worker): void {
		if (which !== thread) return;
		thread = null;
		if (!isClosed) broken += 1;
		void which.terminate();
		finish('too-heavy');
		next();
	}

	return {
		work: (job) =>
			new Promise((resolve) => {
				queue.push({ job, resolve });
				next();
			}),
		async close() {
			isClosed = true;
			for (const { resolve } of queue.splice(0)) resolve('too-heavy');
			const last = thread;
			if (last !== null) discard(last);
			await last?.terminate();
		},
		get broken() {
			return broken;
		}
	};
}
