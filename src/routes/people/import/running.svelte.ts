/** The import under way: commit by commit, stopped between two of them. */
import type { App, Utterance } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';

export type Running =
	| { readonly is: 'idle' }
	| { readonly is: 'running'; readonly total: number }
	| { readonly is: 'done' | 'stopped'; readonly fresh: number; readonly updated: number }
	| { readonly is: 'failed'; readonly words: string };

export class RosterImport {
	state = $state.raw<Running>({ is: 'idle' });
	done = $state(0);
	#app: App;
	#stopping = new AbortController();

	constructor(app: App) {
		this.#app = app;
	}

	async run(
		registering: readonly (readonly Utterance[])[],
		updating: readonly (readonly Utterance[])[]
	): Promise<void> {
		const { person } = this.#app.me;
		const { signal } = (this.#stopping = new AbortController());
		const commits = [...registering, ...updating];
		const total = commits.reduce((sum, commit) => sum + peopleIn(commit), 0);
		let [fresh, updated] = [0, 0];
		this.done = 0;
		this.state = { is: 'running', total };
		for (const [at, commit] of commits.entries()) {
			// Another person on this tablet must not go on signing what this one began.
			if (signal.aborted || this.#app.state !== 'here' || this.#app.me.person !== person) {
				this.state = { is: 'stopped', fresh, updated };
				return;
			}
			const said = await this.#app.say(commit);
			if (!said.ok) {
				this.state = { is: 'failed', words: m.secretary.sayProblems[said.reason] };
				return;
			}
			if (at < registering.length) fresh += peopleIn(commit);
			else updated += peopleIn(commit);
			this.done = fresh + updated;
		}
		this.state = { is: 'done', fresh, updated };
	}

	stop(): void {
		this.#stopping.abort();
	}

	forget(): void {
		if (this.state.is !== 'running') this.state = { is: 'idle' };
	}
}

function peopleIn(commit: readonly Utterance[]): number {
	return commit.filter(({ kind }) => kind.startsWith('person.')).length;
}
