/** From a chosen register to what an import of it would do to the one that is here. */
import { gridsRecord } from '#domain/grids.ts';
import { parsingRegister, type RegisterList } from '#domain/import/parse-register.ts';
import type { App } from '#lib/app.ts';
import { membersAmong } from '#lib/homes/members.ts';
import { awayAmong } from '#lib/people/away.ts';
import {
	pastRegisters,
	planRegister,
	type PastRegister,
	type RegisterPlan
} from '#lib/homes/register-import.ts';
import { wholeFamily } from '#lib/homes/whole-register.ts';
import { TableFile } from '#lib/office/table-file.svelte.ts';

export class RegisterFile extends TableFile<RegisterList> {
	plan = $state.raw<RegisterPlan | null>(null);
	earlier = $state.raw<readonly PastRegister[]>([]);
	isPlanning = $state(false);
	/** Where doors stand of which the sheet does not say. */
	estate = $state('');
	#readWith = '';
	#app: App;
	#planned = 0;

	constructor(app: App) {
		super((sheet) => parsingRegister(sheet, this.estate.trim()));
		this.#app = app;
	}

	override async read(sheet?: string): Promise<void> {
		this.plan = null;
		this.#readWith = this.estate;
		await super.read(sheet);
		await this.check();
	}

	/** Reads once more where the estate is another one now. */
	async estateTold(): Promise<void> {
		if (this.state.is === 'read' && this.estate !== this.#readWith)
			await this.read(this.state.sheet);
	}

	/** Compares what was read with the register as it is; again after an import or its undoing ended. */
	async check(): Promise<void> {
		const app = this.#app;
		const org = app.me.duty?.org;
		if (org === undefined) return;
		this.#planned += 1;
		const asked = this.#planned;
		this.isPlanning = true;
		const [doors, people, duties, cards, division, names] = await Promise.all([
			wholeFamily(app, 'household'),
			wholeFamily(app, 'resident'),
			app.rows.all({ family: 'duty', on: org, state: 'current' })(),
			app.rows.all({ family: 'person' })(),
			app.rows.one('grids', gridsRecord(org))(),
			app.rows.names()()
		]);
		const members = membersAmong(
			duties.map(({ row }) => row),
			{ names, away: awayAmong(cards.map(({ row }) => row)), now: app.now() }
		);
		const { state } = this;
		const plan =
			state.is === 'read'
				? await planRegister(state.list.homes, {
						realm: app.me.realm,
						org,
						doors,
						people,
						members,
						grids: division?.row.grids ?? []
					})
				: null;
		// Only the last asked counts.
		if (asked !== this.#planned) return;
		this.plan = plan;
		this.earlier = pastRegisters(doors, people);
		this.isPlanning = false;
	}

	override forget(): void {
		super.forget();
		this.plan = null;
	}
}
