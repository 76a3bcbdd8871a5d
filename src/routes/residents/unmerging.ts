/** 撤销合并: what the merge brought along goes back with it; what somebody changed since then stands. */
import type { Change, HistoryLine } from '#domain/fold.ts';
import type { Row } from '#domain/family.ts';
import { PersonId, type RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLinkable } from '#domain/kinds/household-planning.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import type { App, Utterance } from '#lib/app.ts';
import { wholeFamily } from '#lib/homes/whole-register.ts';
import type { Query } from '#lib/rows/queries.ts';
import { isFilled, linkedTo, type Filled } from './merging.ts';

/** A record and how it came about. */
export interface Told<R extends Row> {
	readonly row: R;
	readonly lines: readonly HistoryLine[];
}

type Side = 'from' | 'into';

export type Standing =
	| { readonly is: 'person'; readonly row: ResidentRow }
	| { readonly is: 'field'; readonly field: Filled; readonly value: unknown }
	| { readonly is: 'member'; readonly side: Side; readonly member: PersonId | undefined };

export interface Unmerging {
	readonly from: HouseholdRow;
	/** Who lives behind the door again. */
	readonly people: readonly ResidentRow[];
	/** What the other household has again where the door had filled it in: nothing, as a rule. */
	readonly fields: ReadonlyMap<Filled, unknown>;
	/** Who looks after the two again, where the merge changed that; null is nobody. */
	readonly members: readonly Back[];
	/** What the merge brought and somebody has changed since. */
	readonly stands: readonly Standing[];
	/** A lending or a plan ended with the merge, and does not come back by itself. */
	readonly lapses: boolean;
}

interface Back {
	readonly side: Side;
	readonly record: RecordId;
	readonly member: PersonId | null;
}

/** What the desk would say now. */
export function unmergingHere(app: Pick<App, 'rows' | 'me'>, from: HouseholdRow): Query<Unmerging> {
	const told = async <R extends Row>(row: R): Promise<Told<R>> => ({
		row,
		lines: await app.rows.history(row.record)()
	});
	return async () => {
		const door = await told(from);
		const merge = mergeIn(door.lines);
		const { mergedInto } = from;
		if (mergedInto === undefined || merge === undefined) return onlyParting(from);
		const into = await app.rows.one('household', mergedInto)();
		if (into === null) return onlyParting(from);
		// Nobody who moved on since was last told of before the merge.
		const people = (await wholeFamily(app, 'resident')).filter(
			(row) => row.household === mergedInto || row.updatedAt >= merge.receivedAt
		);
		return unmergingOf(door, await told(into.row), await Promise.all(people.map(told)));
	};
}

export function unmergingOf(
	from: Told<HouseholdRow>,
	into: Told<HouseholdRow>,
	people: readonly Told<ResidentRow>[]
): Unmerging {
	const merge = mergeIn(from.lines);
	if (merge === undefined) return onlyParting(from.row);
	const moved = people.filter((person) => movedWith(merge, person, from.row.record));
	const back = moved.filter((person) => isAsMoved(merge, person, into.row.record));
	const filled = changesOf(into, merge, 'household.corrected.v1').filter(isOfFilled);
	const kept = filled.filter(({ field }) => isChangedSince(into, merge, field));
	const links = [linkBefore(from, merge, 'from'), linkBefore(into, merge, 'into')];
	return {
		from: from.row,
		people: back.map(({ row }) => row),
		fields: new Map(
			filled.filter((each) => !kept.includes(each)).map((each) => [each.field, each.from ?? null])
		),
		members: links.flatMap((link) => link.back ?? []),
		stands: [
			...moved
				.filter((person) => !back.includes(person))
				.map(({ row }) => ({ is: 'person', row }) as const),
			...kept.map(({ field }) => ({ is: 'field', field, value: into.row[field] }) as const),
			...links.flatMap((link) => link.stands ?? [])
		],
		lapses: links.some((link) => link.lapses === true)
	};
}

/** One commit, as the merge was: the two part, and each has again what it had. */
export function unmergingSaid(
	{ from, people, fields, members }: Unmerging,
	{ now, reason }: { readonly now: number; readonly reason: string }
): readonly Utterance[] {
	const said: Utterance[] = [
		{ kind: 'household.unmerged.v1', record: from.record, body: { reason } }
	];
	if (from.mergedInto !== undefined && fields.size > 0)
		said.push({
			kind: 'household.corrected.v1',
			record: from.mergedInto,
			body: { ...Object.fromEntries(fields), reason }
		});
	for (const { record, member } of members) said.push(linkedTo(member, record, now));
	for (const { record } of people)
		said.push({ kind: 'resident.moved.v1', record, body: { household: from.record } });
	return said;
}

/** Of a merge whose text is gone nobody can tell what it brought. */
function onlyParting(from: HouseholdRow): Unmerging {
	return { from, people: [], fields: new Map(), members: [], stands: [], lapses: false };
}

/** The merge that stands: a door may have been merged and parted before. */
function mergeIn(lines: readonly HistoryLine[]): HistoryLine | undefined {
	return [...lines]
		.reverse()
		.find(({ kind, changes }) => kind === 'household.merged.v1' && changes.length > 0);
}

/** What a commit says was said by one person at one moment, and came together. */
function isOfCommit(line: HistoryLine, { actor, at, receivedAt }: HistoryLine): boolean {
	return line.actor.person === actor.person && line.at === at && line.receivedAt === receivedAt;
}

function changesOf({ lines }: Told<Row>, merge: HistoryLine, kind: string): readonly Change[] {
	return lines.find((line) => line.kind === kind && isOfCommit(line, merge))?.changes ?? [];
}

function isOfFilled(change: Change): change is Change & { readonly field: Filled } {
	return isFilled(change.field);
}

function movedWith(merge: HistoryLine, person: Told<ResidentRow>, from: RecordId): boolean {
	return changesOf(person, merge, 'resident.moved.v1').some((change) => change.from === from);
}

function isAsMoved(merge: HistoryLine, person: Told<ResidentRow>, into: RecordId): boolean {
	const { state, household } = person.row;
	return state === 'here' && household === into && !isWrittenSince(person, merge, 'household');
}

/** Of a household that takes no correction any more, what was filled in stands too. */
function isChangedSince(into: Told<HouseholdRow>, merge: HistoryLine, field: Filled): boolean {
	const { state, conflicts = [] } = into.row;
	const isClosed = state === 'merged' || state === 'voided';
	const isContested = conflicts.some((conflict) => conflict.field === field);
	return isClosed || isContested || isWrittenSince(into, merge, field);
}

function isWrittenSince({ lines }: Told<Row>, merge: HistoryLine, field: string): boolean {
	const last = lines.reduce((n, line) => (isOfCommit(line, merge) ? line.n : n), 0);
	return lines.some(({ n, changes }) => n > last && changes.some((each) => each.field === field));
}

interface LinkBefore {
	readonly back?: Back;
	readonly stands?: Standing;
	readonly lapses?: boolean;
}

/** Who had the door before the merge gave it to the other's member. */
function linkBefore(door: Told<HouseholdRow>, merge: HistoryLine, side: Side): LinkBefore {
	const changes = changesOf(door, merge, 'household.linked.v1');
	const link = changes.find(({ field }) => field === 'linkedMember');
	if (link === undefined) return {};
	const { record, linkedMember, nextMemberFrom, lentTo } = door.row;
	const isArranged = nextMemberFrom !== undefined || lentTo !== undefined;
	if (isArranged || !isLinkable(door.row) || isWrittenSince(door, merge, 'linkedMember'))
		return { stands: { is: 'member', side, member: linkedMember } };
	return {
		back: { side, record, member: PersonId.safeParse(link.from).data ?? null },
		lapses: changes.some(({ field }) => field === 'lentTo' || field === 'nextMemberFrom')
	};
}
