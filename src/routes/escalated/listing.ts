/** The office's list: which demands a tab and its filters mean, what is due first, and the line of each. */
import type { OrgId } from '#domain/ids.ts';
import { dueSort, type DemandRow } from '#domain/kinds/demand.ts';
import type { Category } from '#domain/settings.ts';
import { m } from '#lib/i18n/index.ts';
import type { Seen } from '#lib/rows/queries.ts';
import { demandClock, demandState } from '#lib/ui/demand-words.ts';
import { momentWords, type Looking } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';
import { storedStatus } from '#lib/ui/stored-status.ts';

export type Tab = 'open' | 'done';
export const tabs = ['open', 'done'] as const satisfies readonly Tab[];

export interface Asking {
	readonly tab: Tab;
	/** Empty where all are meant. */
	readonly community: OrgId | '';
	readonly category: Category | '';
}

type Held = Seen<DemandRow>;

export function tabNamed(name: string | null): Tab {
	return tabs.find((tab) => tab === name) ?? 'open';
}

export function tabOf({ state }: Pick<DemandRow, 'state'>): Tab {
	return state === 'escalatedSub' ? 'open' : 'done';
}

/** The address of one demand in the list, so that a reload, offline too, opens it again. */
export function escalatedHref(tab: Tab, record?: string): string {
	return record === undefined ? `/escalated?tab=${tab}` : `/escalated?tab=${tab}&record=${record}`;
}

/** Open ones by what is due first, the others by what was done last. */
export function listed(
	all: readonly Held[],
	{ tab, community, category }: Asking
): readonly Held[] {
	const meant = all.filter(
		({ row }) =>
			tabOf(row) === tab &&
			(community === '' || row.org === community) &&
			(category === '' || row.category === category)
	);
	const sign = tab === 'open' ? 1 : -1;
	return [...meant].sort((a, b) => sign * (dueSort(a.row) - dueSort(b.row)));
}

export function lineOf(row: DemandRow, community: string | undefined, now: number): string {
	return m.office.note(community ?? row.org, momentWords(row.escalatedAt ?? row.updatedAt, now));
}

/** How much time is left, whether anybody has taken it, and where it is kept. */
export function statusesOf({ row, ...stored }: Held, looking: Looking): readonly Status[] {
	const waits = row.state === 'escalatedSub' && row.takenAt === undefined;
	return [
		demandClock(row, looking) ?? demandState(row),
		...(waits ? [{ is: 'notStarted' as const, words: m.office.notTaken }] : []),
		...storedStatus(stored)
	];
}
