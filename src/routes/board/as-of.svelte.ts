/** 数据截至, and how many devices have told everything: only the relay knows of those. */
import type { App } from '#lib/app.ts';
import type { ListedDevice } from '#lib/device/door.ts';
import { m } from '#lib/i18n/index.ts';
import { isLate } from '#lib/people/late-devices.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { countWords, momentWords } from '#lib/ui/format.ts';

export class AsOf {
	readonly words = $derived.by(() => this.#say());
	#app: App;
	#ledgers;
	#devices = $state.raw<readonly ListedDevice[] | null>(null);

	/** Call while a component is being made. */
	constructor(app: App) {
		this.#app = app;
		this.#ledgers = live(() => app.rows.ledgersAsOf(), null);
		void this.#ask();
	}

	#say(): string {
		const { asOf, neverSynced, withDevices } = m.desktop.board;
		if (this.#ledgers.current === null) return neverSynced;
		const now = screenNow(this.#app);
		const known = asOf(momentWords(this.#ledgers.current, now));
		if (this.#devices === null) return known;
		const reported = this.#devices.filter((device) => !isLate(device, now)).length;
		return withDevices(known, countWords(reported), countWords(this.#devices.length));
	}

	/** Without the relay the sentence says less. */
	async #ask(): Promise<void> {
		const answer = await this.#app.door.devices();
		if (answer.ok)
			this.#devices = answer.value.devices.filter(({ revokedAt }) => revokedAt === null);
	}
}
