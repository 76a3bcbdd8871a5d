/** The queue of demands: its tabs, the line of each item, and which one comes next. */
import type { DemandRow, DemandState } from '#domain/kinds/demand.ts';
import { m } from '#lib/i18n/index.ts';
import {
	demandClock,
	demandState,
	handedBackStatus,
	tookOverStatus
} from '#lib/ui/demand-words.ts';
import { momentWords, type Looking } from '#lib/ui/format.ts';
import type { Status } from '#lib/ui/status.ts';
import { storedStatus, type Stored } from '#lib/ui/stored-status.ts';

export type Tab = 'new' | 'open' | 'up' | 'done' | 'other';

export const tabs = ['new', 'open', 'up', 'done', 'other'] as const satisfies readonly Tab[];

/** Waiting ones are sorted by what is due first, finished ones by what was finished last. */
export const tabFilter: Readonly<
	Record<Tab, { readonly state: readonly DemandState[]; readonly newestFirst: boolean }>
> = {
	new: { state: ['registered'], newestFirst: false },
	open: { state: ['accepted'], newestFirst: false },
	up: { state: ['escalatedSub'], newestFirst: false },
	done: { state: ['handled'], newestFirst: true },
	other: { state: ['declined', 'merged', 'withdrawn', 'voided'], newestFirst: true }
};

export function tabNamed(name: string | null): Tab {
	return tabs.find((tab) => tab === name) ?? 'new';
}

export function tabOf(state: DemandState): Tab {
	return tabs.find((tab) => tabFilter[tab].state.includes(state)) ?? 'new';
}

/** The address of one demand in the queue, so that a reload, offline too, opens it again. */
export function demandHref(tab: Tab, record?: string): string {
	return record === undefined ? `/inbox?tab=${tab}` : `/inbox?tab=${tab}&record=${record}`;
}

/** 走访带回·王素芬·今天 9:48 */
export function itemNote(row: DemandRow, names: ReadonlyMap<string, string>, now: number): string {
	const who = row.requester ?? names.get(row.raisedBy);
	const parts = [m.channel[row.channel], who, momentWords(row.raisedAt ?? row.createdAt, now)];
	return parts.filter((part) => part !== undefined && part !== '').join(m.secretary.dot);
}

/** Where it is kept, how urgent it is, and whether two people disagree. */
export function itemStatuses(
	{ row, ...stored }: { readonly row: DemandRow } & Stored,
	looking: Looking
): readonly Status[] {
	const statuses: Status[] = [demandClock(row, looking) ?? demandState(row)];
	statuses.push(...handedBackStatus(row), ...tookOverStatus(row));
	if (row.urgency === 'emergency') statuses.push({ is: 'dueSoon', words: m.urgency.emergency });
	statuses.push(...storedStatus(stored));
	if (row.conflicts !== undefined) statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}
