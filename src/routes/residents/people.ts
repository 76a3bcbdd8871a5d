/** The households of a community as lines and facts; the door's own words come from the catalogue. */
import { gridOf, type Grid } from '#domain/grids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { changeWords } from '#lib/field/major-change.ts';
import { gapStatus } from '#lib/homes/building-words.ts';
import type { Door } from '#lib/homes/buildings.ts';
import { gridName } from '#lib/homes/grid-words.ts';
import { m } from '#lib/i18n/index.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import { fullDayWords } from '#lib/ui/format.ts';
import type { Speaking } from '#lib/ui/record-words.ts';
import type { Status } from '#lib/ui/status.ts';

export type Tab = 'buildings' | 'unconfirmed' | 'gaps' | 'out';
export const tabs = ['buildings', 'unconfirmed', 'gaps', 'out'] as const satisfies readonly Tab[];

export function tabNamed(name: string | null): Tab {
	return tabs.find((tab) => tab === name) ?? 'buildings';
}

/** An address names a record or a building by its code, never by what is written on the door. */
export function householdHref(tab: Tab, record?: string, at?: string | null): string {
	const asked = new URLSearchParams({ tab });
	if (at) asked.set('at', at);
	if (record !== undefined) asked.set('record', record);
	return `/residents?${asked}`;
}

export function nameWords(row: HouseholdRow): string {
	return row.head === undefined || row.head === '' ? m.secretary.residents.noName : row.head;
}

/** What another door is to this one. */
export function tieWords(row: HouseholdRow, other: HouseholdRow): string {
	const words = m.homes.tied;
	if (row.mergedInto === other.record) return words.into;
	if (row.splitFrom === other.record) return words.from;
	return other.splitFrom === row.record ? words.off : words.merged;
}

/** 82岁·独居·高龄 */
export function groupWords(row: HouseholdRow, now: number): string {
	const groups = row.groups.map((group) => m.group[group]);
	return [ageWords(row, now), ...groups].filter((part) => part !== undefined).join(m.secretary.dot);
}

export function householdStatuses({ row, pending, gap }: Door): readonly Status[] {
	const statuses: Status[] = [];
	if (row.state === 'unconfirmed') statuses.push({ is: 'dueSoon', words: m.homes.tab.unconfirmed });
	if (row.state === 'movedOut' || row.state === 'merged' || row.state === 'voided')
		statuses.push({ is: 'closed', words: m.records.stateWords[row.state] ?? '' });
	if (row.tier !== 'general') statuses.push({ is: 'inProgress', words: m.careTier[row.tier] });
	if (gap !== null) statuses.push(gapStatus(gap));
	if (pending) statuses.push({ is: 'onDevice', words: m.status.onDevice });
	if (row.conflicts !== undefined) statuses.push({ is: 'versions', words: m.status.versions });
	return statuses;
}

export function householdFacts(
	row: HouseholdRow,
	{ names, now }: Speaking,
	grids: readonly Grid[] = []
): readonly { readonly term: string; readonly words: string }[] {
	const words = m.secretary.residents;
	const fields = m.records.fieldWords;
	const linked = row.linkedMember;
	const grid = gridOf(grids, row);
	const facts: readonly (readonly [string, string | undefined])[] = [
		[words.address, doorWords(row)],
		[m.homes.grids.fact, grid && gridName(grid)],
		[words.born, ageWords(row, now)],
		[words.size, row.size === undefined ? undefined : m.records.size(row.size)],
		[fields.tenure, row.tenure === undefined ? undefined : m.tenure[row.tenure]],
		[words.tier, m.careTier[row.tier]],
		[fields.changedWhat, row.tier === 'high' ? changeWords(row, now) : undefined],
		[words.groups, row.groups.map((group) => m.group[group]).join(m.records.separator)],
		[
			words.member,
			linked === undefined ? words.noMember : (names.get(linked) ?? m.records.someone)
		],
		[fields.linkedFrom, row.linkedFrom === undefined ? undefined : fullDayWords(row.linkedFrom)],
		[fields.nextMember, nextWords(row, names)],
		[words.householdNo, row.householdNo],
		[fields.movedOutAt, row.movedOutAt === undefined ? undefined : fullDayWords(row.movedOutAt)]
	];
	return facts.flatMap(([term, said]) =>
		said === undefined || said === '' ? [] : [{ term, words: said }]
	);
}

function ageWords({ headBorn }: HouseholdRow, now: number): string | undefined {
	return headBorn === undefined
		? undefined
		: m.place.age(new Date(now).getUTCFullYear() - headBorn);
}

/** 王素芬，从 12月1日起 */
function nextWords(
	{ nextMember, nextMemberFrom }: HouseholdRow,
	names: Speaking['names']
): string | undefined {
	if (nextMemberFrom === undefined) return undefined;
	const words = m.secretary.residents;
	const who =
		nextMember === undefined ? words.noMember : (names.get(nextMember) ?? m.records.someone);
	return [who, m.people.duty.since(fullDayWords(nextMemberFrom))].join(m.secretary.comma);
}
