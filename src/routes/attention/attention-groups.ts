/** What needs its author, one group a commit: what went wrong, why, and what can be done about it. */
import type { Action, Reason } from '#domain/element.ts';
import type { EntryId } from '#domain/ids.ts';
import { isDemand } from '#domain/kinds/demand.ts';
import { isHousehold } from '#domain/kinds/household.ts';
import { isVisit } from '#domain/kinds/visit.ts';
import { isDesk, isField, isOffice, type Role } from '#domain/people.ts';
import { demandPage } from '#lib/demands/demand-page.ts';
import { groupBy } from '#lib/group-by.ts';
import type { AttentionItem } from '#lib/outbox/waiting.ts';

export interface AttentionGroup {
	readonly commit: EntryId;
	readonly items: readonly AttentionItem[];
	/** The entry that is named: the one refused for its own sake. */
	readonly cause: AttentionItem;
	readonly verdict: 'refused' | 'noted';
	readonly reason: Reason;
	readonly action: Action | undefined;
	/** Opens the form with what was said. */
	readonly mend: string | undefined;
	readonly look: string | undefined;
}

export function attentionGroups(
	items: readonly AttentionItem[],
	role: Role | undefined
): readonly AttentionGroup[] {
	const commits = groupBy(items, ({ commit }) => commit);
	return [...commits.values()].flatMap((group) => groupOf(group, role) ?? []);
}

function groupOf(found: readonly AttentionItem[], role: Role | undefined): AttentionGroup | null {
	// In the order in which they were said: their ids grow.
	const items = [...found].sort((a, b) => (a.entry < b.entry ? -1 : 1));
	const cause = items.find((item) => item.reason !== 'commit-refused') ?? items[0];
	if (cause === undefined) return null;
	const { commit, verdict, reason, action } = cause;
	const group = { commit, items, cause, verdict, reason, action };
	// [J6] What came too late for its duty is no better for being mended: the desk says it.
	const mends = verdict === 'refused' && role !== undefined && action !== 'hand-to-the-desk';
	const mend = mends ? mendOf(items, role) : undefined;
	return { ...group, mend, look: role === undefined ? undefined : lookOf(cause, role) };
}

function mendOf(items: readonly AttentionItem[], role: Role): string | undefined {
	if (!isField(role) && !isDesk(role)) return undefined;
	const has = (kind: string) => items.find((item) => item.kind === kind);
	const visit = has('visit.recorded.v1');
	if (visit) return `/visit/new?mend=${visit.commit}`;
	const home = has('household.registered.v1');
	if (home) return `/households/new?mend=${home.commit}`;
	// 更正 opens on the record itself; the desk's own pages open without what was said.
	const correction = has('visit.corrected.v1') ?? has('demand.corrected.v1');
	const seen = isField(role) && correction ? lookOf(correction, role) : undefined;
	return seen && correction ? `${seen}?mend=${correction.commit}` : undefined;
}

/** Where the record is seen, if this device holds it. */
function lookOf({ record, row }: AttentionItem, role: Role): string | undefined {
	if (isOffice(role)) return isDemand(row) ? demandPage(record, role) : undefined;
	const atDesk = isDesk(role);
	if (!atDesk && !isField(role)) return undefined;
	if (isVisit(row)) return atDesk ? `/visits/${record}` : `/visit/${record}`;
	if (isDemand(row)) return demandPage(record, role);
	if (isHousehold(row)) return atDesk ? `/residents?record=${record}` : `/households/${record}`;
	return undefined;
}
