/** An import or its undoing under way: it goes on while its person stays here, whichever page is shown. */
import type { RecordId } from '#domain/ids.ts';
import type { App, SayResult } from '#lib/app.ts';
import {
	rowsSeen,
	runImport,
	undoImport,
	type Held,
	type PlannedRow,
	type Run
} from './demand-import.ts';
import type { Ended } from './in-commits.ts';

export type WhyNot = Extract<SayResult, { ok: false }>['reason'];

export type JobState =
	| { readonly is: 'idle' }
	| { readonly is: 'running'; readonly what: 'import' | 'undo'; readonly total: number }
	| {
			readonly is: 'ended';
			readonly what: 'import' | 'undo';
			readonly how: Ended<WhyNot>;
			readonly importId: string;
	  };

export class DemandImportJob {
	state = $state.raw<JobState>({ is: 'idle' });
	done = $state(0);
	#app: App;
	#source = '';
	#stopping = new AbortController();

	constructor(app: App) {
		this.#app = app;
	}

	/**
	 * Registers the rows of one source under one import; one that was stopped goes on under its old id
	 * as long as the source is the same.
	 */
	async import(rows: readonly PlannedRow[], source: string): Promise<void> {
		const { state } = this;
		const isStopped = state.is === 'ended' && state.what === 'import' && state.how.is !== 'done';
		const isSame = isStopped && source === this.#source;
		const importId = isSame ? state.importId : this.#app.newId();
		this.#source = source;
		await this.#go('import', rows.length, importId, (run) => runImport(rows, importId, run));
	}

	async undo(importId: string, records: readonly RecordId[], reason: string): Promise<void> {
		await this.#go('undo', records.length, importId, (run) => undoImport(records, reason, run));
	}

	/** Was the last import, done or stopped, of this source? */
	isOf(source: string): boolean {
		return source === this.#source;
	}

	cancel(): void {
		this.#stopping.abort();
	}

	forget(): void {
		if (this.state.is === 'ended') this.state = { is: 'idle' };
	}

	async #go(
		what: 'import' | 'undo',
		total: number,
		importId: string,
		start: (run: Run<WhyNot>) => Promise<Ended<WhyNot>>
	): Promise<void> {
		if (this.state.is === 'running') return;
		this.state = { is: 'running', what, total };
		this.done = 0;
		this.#stopping = new AbortController();
		try {
			const how = await start(this.#run(this.#stopping));
			this.state = { is: 'ended', what, how, importId };
		} catch (cause) {
			const how = { is: 'failed', said: this.done, reason: 'storage-broken' } as const;
			this.state = { is: 'ended', what, how, importId };
			throw new Error('import: broken off', { cause });
		}
	}

	#run(stopping: AbortController): Run<WhyNot> {
		const app = this.#app;
		const { person } = app.me;
		// Another person on this tablet must not go on signing what this one began.
		const isSame = (): boolean => app.state === 'here' && app.me.person === person;
		return {
			held: heldBy(app),
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

export function heldBy(app: App): Held {
	return async (records) => rowsSeen(await app.rows.many('demand', records)());
}

const jobs = new WeakMap<App, { readonly person: string; readonly job: DemandImportJob }>();

/** The one job of the person here: leaving the page does not stop it, another person starts anew. */
export function importJobOf(app: App): DemandImportJob {
	const { person } = app.me;
	const known = jobs.get(app);
	if (known?.person === person) return known.job;
	const job = new DemandImportJob(app);
	jobs.set(app, { person, job });
	return job;
}
