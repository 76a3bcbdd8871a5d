/** Long work of the desk under way: it goes on while its person stays here, whichever page is shown. */
import type { App, SayResult } from '#lib/app.ts';
import { storageProblem } from '#lib/device/storage-problem.ts';
import type { Ended, Telling } from '#lib/office/in-commits.ts';

export type WhyNot = Extract<SayResult, { ok: false }>['reason'];

export interface Work {
	/** What it is, in the words of the screen. */
	readonly label: string;
	readonly total: number;
	readonly start: (telling: Telling<WhyNot>) => Promise<Ended<WhyNot>>;
}

export type JobState =
	| { readonly is: 'idle' }
	| { readonly is: 'running'; readonly label: string; readonly total: number }
	| { readonly is: 'ended'; readonly label: string; readonly how: Ended<WhyNot> };

export class DeskJob {
	state = $state.raw<JobState>({ is: 'idle' });
	done = $state(0);
	#app: App;
	#stopping = new AbortController();

	constructor(app: App) {
		this.#app = app;
	}

	/** One thing at a time: null, with nothing begun, while something else is under way. */
	begin(work: Work): Promise<Ended<WhyNot>> | null {
		return this.state.is === 'running' ? null : this.#run(work);
	}

	cancel(): void {
		this.#stopping.abort();
	}

	forget(): void {
		if (this.state.is === 'ended') this.state = { is: 'idle' };
	}

	async #run({ label, total, start }: Work): Promise<Ended<WhyNot>> {
		this.state = { is: 'running', label, total };
		this.done = 0;
		this.#stopping = new AbortController();
		const ended = (how: Ended<WhyNot>): Ended<WhyNot> => {
			this.state = { is: 'ended', label, how };
			return how;
		};
		try {
			return ended(await start(this.#telling(this.#stopping)));
		} catch (cause) {
			const reason = storageProblem(cause);
			const how = ended({ is: 'failed', said: this.done, reason: reason ?? 'storage-broken' });
			if (reason === null) throw cause;
			return how;
		}
	}

	#telling(stopping: AbortController): Telling<WhyNot> {
		const app = this.#app;
		const { person } = app.me;
		// Another person on this tablet must not go on signing what this one began.
		const isSame = (): boolean => app.state === 'here' && app.me.person === person;
		return {
			signal: stopping.signal,
			onProgress: (done) => {
				this.done = done;
				if (!isSame()) stopping.abort();
			},
			say: async (utterances) =>
				isSame() ? app.say(utterances) : { ok: false, reason: 'read-only' }
		};
	}
}

const jobs = new WeakMap<App, { readonly person: string; readonly job: DeskJob }>();

/** The one job of the person here: leaving the page does not stop it, another person starts anew. */
export function deskJobOf(app: App): DeskJob {
	const { person } = app.me;
	const known = jobs.get(app);
	if (known?.person === person) return known.job;
	const job = new DeskJob(app);
	jobs.set(app, { person, job });
	return job;
}
