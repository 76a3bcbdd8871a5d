/** [R4] One thread for all shared drafts, with a bound on time and memory: what breaks it is thrown away with it. */
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Job, Outcome } from './job.ts';

export interface DraftThread {
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

export function createDraftThread({
	budgetMs,
	heapMb,
	script = new URL('./worker.ts', import.meta.url)
}: {
	readonly budgetMs: number;
	readonly heapMb: number;
	/** What the thread runs. */
	readonly script?: URL;
}): DraftThread {
	const queue: Waiting[] = [];
	let thread: Worker | null = null;
	let isReady = false;
	let current: Waiting | null = null;
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	let broken = 0;

	function start(): void {
		isReady = false;
		const started = new Worker(script, {
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
		watch(thread, current, cpuMs(thread), budgetMs);
	}

	/**
	 * What counts is the work of the thread: where a busy machine lets it wait, whoever asked is not to blame.
	 */
	function watch(busy: Worker, job: Waiting | null, before: Promise<number>, ms: number): void {
		timer = setTimeout(() => void look(busy, job, before), ms);
	}

	async function look(busy: Worker, job: Waiting | null, before: Promise<number>): Promise<void> {
		const silence = wait(budgetMs, Infinity, { ref: false });
		const spent = (await Promise.race([cpuMs(busy), silence])) - (await before);
		if (busy !== thread || job !== current) return;
		if (spent >= budgetMs) discard(busy);
		else watch(busy, job, before, budgetMs - spent);
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
		// One that could not even begin answers whoever waits first: the next may fail alike.
		if (!isReady) current ??= queue.shift() ?? null;
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

/** Milliseconds of work since the thread began; of one that is gone, nothing more. */
function cpuMs(thread: Worker): Promise<number> {
	return thread.cpuUsage().then(
		({ user, system }) => (user + system) / 1_000,
		() => 0
	);
}
