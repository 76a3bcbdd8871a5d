/** What the inbox shows, asked live: the queue of a tab, its counts, the open demand and its likes. */
import type { RecordId } from '#domain/ids.ts';
import { isOverdue, type DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { App } from '#lib/app.ts';
import { live } from '#lib/rows/live.svelte.ts';
import { emptyPage, type Query, type Seen } from '#lib/rows/queries.ts';
import { screenNow } from '#lib/shell/clock.svelte.ts';
import { noNames, type Speaking } from '#lib/ui/record-words.ts';
import { doorsOf, likelySame, noHomes, type Homes, type Likely } from './likely-same.ts';
import { tabFilter, tabOf, tabs, type Tab } from './queue.ts';

/** Demands of each open state looked at for likeness, lateness and versions, the most urgent first. */
const OPEN_LIMIT = 500;
const PAGE = 50;

export interface Asked {
	readonly tab: Tab | undefined;
	readonly record: RecordId | undefined;
}

export interface Inbox {
	readonly tab: Tab;
	readonly state: 'loading' | 'problem' | 'ready';
	readonly items: readonly Seen<DemandRow>[];
	readonly counts: Readonly<Record<Tab, number>>;
	readonly selected: Seen<DemandRow> | null;
	/** False until it is known whether the asked demand is on this device. */
	readonly isLooked: boolean;
	readonly door: HouseholdRow | undefined;
	readonly likely: readonly Likely[];
	readonly disputed: readonly DemandRow[];
	readonly overdue: number;
	readonly speaking: Speaking;
	showMore(): void;
}

const noCounts: Readonly<Record<Tab, number>> = { new: 0, open: 0, up: 0, done: 0, other: 0 };
const noDemands: Query<readonly Seen<DemandRow>[]> = async () => [];
const nobody: Query<Seen<DemandRow> | null> = async () => null;

/** Call while the page is being made; `asked` is read reactively. */
export function inbox(app: App, asked: () => Asked): Inbox {
	let limit = $state(PAGE);
	const org = $derived(app.me.duty?.org);
	const askedRow = live(() => {
		const { record } = asked();
		return record === undefined ? nobody : app.rows.one('demand', record);
	}, null);
	const tab = $derived.by(() => {
		const { tab: named, record } = asked();
		if (named !== undefined) return named;
		return record !== undefined && askedRow.current ? tabOf(askedRow.current.row.state) : 'new';
	});
	const queue = live(
		() => app.rows.page({ family: 'demand', org, ...tabFilter[tab], limit }),
		emptyPage
	);
	const counts = live(() => countsOf(app, org), noCounts);
	// A thousand demands are not read before the list stands.
	const open = live(() => (queue.ready ? openDemands(app, org) : noDemands), []);
	const names = live(() => app.rows.names(), noNames);
	const selected = $derived(
		asked().record === undefined ? (queue.current.items[0] ?? null) : askedRow.current
	);
	const openRows = $derived(open.current.map(({ row }) => row));
	const homes = live<Homes>(
		() =>
			app.rows.many(
				'household',
				[selected?.row, ...openRows].flatMap((row) => row?.household ?? [])
			),
		noHomes
	);
	const doors = $derived(doorsOf(homes.current));
	const likely = $derived(
		selected && isOurs(selected.row) ? likelySame(selected.row, openRows, doors) : []
	);
	const speaking = $derived<Speaking>({ names: names.current, now: screenNow(app) });

	return {
		get tab() {
			return tab;
		},
		get state() {
			if (queue.error) return 'problem';
			return queue.ready ? 'ready' : 'loading';
		},
		get items() {
			return queue.current.items;
		},
		get counts() {
			return counts.current;
		},
		get selected() {
			return selected;
		},
		get isLooked() {
			return asked().record === undefined ? queue.ready : askedRow.ready;
		},
		get door() {
			return doors.get(selected?.row.household ?? '');
		},
		get likely() {
			return likely;
		},
		get disputed() {
			return openRows.filter((row) => isOurs(row) && row.conflicts !== undefined);
		},
		get overdue() {
			return openRows.filter((row) => isOurs(row) && isOverdue(row, speaking.now)).length;
		},
		get speaking() {
			return speaking;
		},
		showMore() {
			limit += PAGE;
		}
	};
}

/** The desk's to answer: what the office has is looked at for likeness alone. */
function isOurs({ state }: DemandRow): boolean {
	return state === 'registered' || state === 'accepted';
}

function openDemands(
	app: App,
	org: DemandRow['org'] | undefined
): Query<readonly Seen<DemandRow>[]> {
	const asked = { family: 'demand', org, newestFirst: false, limit: OPEN_LIMIT } as const;
	return async () => {
		const pages = await Promise.all(
			['registered', 'accepted', 'escalatedSub'].map((state) =>
				app.rows.page({ ...asked, state })()
			)
		);
		return pages.flatMap(({ items }) => items);
	};
}

function countsOf(app: App, org: DemandRow['org'] | undefined): Query<Record<Tab, number>> {
	return async () => {
		const [fresh = 0, open = 0, up = 0, done = 0, other = 0] = await Promise.all(
			tabs.map((tab) => app.rows.count({ family: 'demand', org, state: tabFilter[tab].state })())
		);
		return { new: fresh, open, up, done, other };
	};
}
