/** From a chosen file to what an import of it would do. */
import { parsingDemands, type DemandList } from '#domain/import/parse-demands.ts';
import type { App } from '#lib/app.ts';
import { planImport, type ImportPlan } from '#lib/office/demand-import.ts';
import { heldBy } from '#lib/office/demand-import-job.svelte.ts';
import { TableFile } from '#lib/office/table-file.svelte.ts';

export class FileToImport extends TableFile<DemandList> {
	plan = $state.raw<ImportPlan | null>(null);
	isPlanning = $state(false);
	#app: App;
	#planned = 0;

	constructor(app: App) {
		super(parsingDemands);
		this.#app = app;
	}

	override async read(sheet?: string): Promise<void> {
		this.plan = null;
		await super.read(sheet);
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

	override forget(): void {
		super.forget();
		this.plan = null;
	}
}
