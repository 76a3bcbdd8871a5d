/** From a chosen file to what an import of it would do. */
import { parsingDemands, type DemandList } from '#domain/import/parse-demands.ts';
import type { ImportCode } from '#domain/import/problem.ts';
import type { App } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { planImport, type ImportPlan } from '#lib/office/demand-import.ts';
import { heldBy } from '#lib/office/demand-import-job.svelte.ts';
import { runInSteps } from '#lib/office/in-steps.ts';

export type Reading =
	| { readonly is: 'none' }
	| { readonly is: 'reading' }
	| { readonly is: 'refused'; readonly words: string }
	| {
			readonly is: 'read';
			readonly list: DemandList;
			readonly sheet: string;
			readonly sheets: readonly string[];
	  };

export class FileToImport {
	state = $state.raw<Reading>({ is: 'none' });
	/** The share of the file read, 0 to 1. */
	share = $state(0);
	plan = $state.raw<ImportPlan | null>(null);
	isPlanning = $state(false);
	name = $state('');
	#app: App;
	#file: File | null = null;
	#stopping = new AbortController();
	#planned = 0;

	constructor(app: App) {
		this.#app = app;
	}

	async choose(file: File, label: string): Promise<void> {
		this.#file = file;
		this.name = file.name;
		await this.read(label);
	}

	/** Reads the chosen file, or another sheet of it. */
	async read(label: string, sheet?: string): Promise<void> {
		const file = this.#file;
		if (file === null) return;
		this.cancel();
		const { signal } = (this.#stopping = new AbortController());
		this.state = { is: 'reading' };
		this.plan = null;
		this.share = 0;
		const onProgress = (share: number) => (this.share = share);
		// The reader of Excel files is only fetched by those who import.
		const { readTable } = await import('#lib/office/read-table.ts');
		const read = await readTable(file, file.name, {
			signal,
			onProgress,
			...(sheet === undefined ? {} : { sheet })
		});
		if (signal.aborted) return;
		if (!read.ok) {
			this.#refuse(read.reason, read.value);
			return;
		}
		const list = await runInSteps(parsingDemands(read.sheet), { signal });
		if (list === null) return;
		const [whole] = list.problems.filter(({ row }) => row === 0);
		if (whole !== undefined) {
			this.#refuse(whole.code, whole.value);
			return;
		}
		this.state = { is: 'read', list, sheet: read.sheet.name, sheets: read.sheetNames };
		await this.check(label);
	}

	/** Compares what was read with what is here already; again after the label changed or an import ended. */
	async check(label: string): Promise<void> {
		const { state } = this;
		const org = this.#app.me.duty?.org;
		if (state.is !== 'read' || label === '' || org === undefined) return;
		this.#planned += 1;
		const asked = this.#planned;
		this.isPlanning = true;
		const source = { realm: this.#app.me.realm, community: org, label };
		const plan = await planImport(state.list.demands, source, heldBy(this.#app));
		// Only the last asked counts.
		if (asked !== this.#planned) return;
		this.plan = plan;
		this.isPlanning = false;
	}

	/** Which table this is, to tell whether an import that was stopped goes on with it. */
	get source(): string {
		const { state } = this;
		return state.is === 'read' ? `${this.name}/${state.sheet}/${this.#file?.size ?? 0}` : '';
	}

	cancel(): void {
		this.#stopping.abort();
		if (this.state.is === 'reading') this.state = { is: 'none' };
	}

	forget(): void {
		this.cancel();
		this.#file = null;
		this.state = { is: 'none' };
		this.plan = null;
		this.name = '';
	}

	#refuse(code: ImportCode, value: string): void {
		this.state = { is: 'refused', words: m.import[code](value) };
	}
}
