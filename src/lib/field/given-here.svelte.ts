/** What whoever is here is responsible for, asked live. */
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { RecordId } from '#domain/ids.ts';
import type { App } from '#lib/app.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import { givenLine, givenTo, type Given } from './given.ts';

export interface GivenHere extends Given {
	readonly ready: boolean;
	readonly error: Error | null;
	lineOf(row: DemandRow): string;
}

const noDoors: ReadonlyMap<RecordId, Seen<HouseholdRow>> = new Map();

/** Call while a component is being made. */
export function givenHere(app: App, states: readonly DemandRow['state'][]): GivenHere {
	const demands = live(() => app.rows.all({ family: 'demand', state: states }), []);
	const given = $derived(givenTo(app.me.person, demands.current, screenNow(app)));
	const doors = live(
		() =>
			app.rows.many(
				'household',
				[...given.open, ...given.done].flatMap(({ row }) => row.household ?? [])
			),
		noDoors
	);
	return {
		get ready() {
			return demands.ready;
		},
		get error() {
			return demands.error;
		},
		get open() {
			return given.open;
		},
		get done() {
			return given.done;
		},
		get overdue() {
			return given.overdue;
		},
		lineOf(row) {
			const home = row.household && doors.current.get(row.household)?.row;
			return givenLine(row, home ? doorWords(home) : undefined);
		}
	};
}
