/** 重大变化 of a household: what happened in it, and when a door of the highest tier is to be visited for it. */
import { z } from 'zod';
import type { Entry } from '../entry.ts';
import { kind, type AnyKind, type Stamp } from '../family.ts';
import { EntryId, RecordId, type Instant, type PersonId } from '../ids.ts';
import { isDesk, isField, saidBy } from '../people.ts';
import type { HouseholdRow } from './household.ts';
import { isLive, mayArrange, stepped } from './household-round.ts';

export const MajorChange = z.enum([
	'illness',
	'death',
	'accident',
	'danger',
	'livelihood',
	'leftAlone',
	'conflict',
	'other'
]);
export type MajorChange = z.infer<typeof MajorChange>;

const Changed = z.strictObject({
	what: MajorChange,
	note: z.string().min(1).max(200).optional(),
	/** The visit that told of it: where that is void or was at another door, so is this. */
	visit: RecordId.optional()
});
const Withdrawn = z.strictObject({
	/** The entry that told of it. */
	told: EntryId,
	reason: z.string().min(1).max(200)
});

/** As it was told; the words are the row's own while it stands. */
export interface ToldChange {
	readonly at: Instant;
	/** `tierRaised`: the register itself put the door into the highest tier. */
	readonly what: MajorChange | 'tierRaised';
	readonly note?: string | undefined;
	/** Absent in rows that a relay of before kept. */
	readonly entry?: EntryId | undefined;
	readonly by?: PersonId | undefined;
	readonly visit?: RecordId | undefined;
	readonly isWithdrawn?: true;
}

/** The fields of a household that tell of its last major change. */
export interface ChangeFields {
	readonly changedAt?: Instant | undefined;
	readonly changedWhat?: ToldChange['what'] | undefined;
	readonly changedNote?: string | undefined;
	/** Why the last one to be taken back was. */
	readonly changeWithdrawnWhy?: string | undefined;
	/** The last ones, the latest last: one that is withdrawn leaves the one before. */
	readonly toldChanges?: readonly ToldChange[] | undefined;
}

/** More than were ever told of one door before somebody came. */
const MOST_KEPT = 8;

export const changingKinds: Readonly<Record<string, AnyKind>> = {
	'household.changed.v1': kind<HouseholdRow, z.infer<typeof Changed>>({
		body: Changed,
		// Whoever may visit a door may tell of it.
		may(actor, _said, row) {
			if (row === null) return 'no-such-record';
			if (row.org !== actor.org) return 'other-organisation';
			return isField(actor.role) || isDesk(actor.role) ? true : 'not-allowed';
		},
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			if (!isLive(row)) return { noted: 'illegal-transition' };
			const { person: by } = saidBy(stamp.actor);
			const change = { ...said.body, at: stamp.at, entry: said.id, by };
			const changes = lastOf([...changesTold(row), change]);
			if (!changes.includes(change)) return { noted: 'nothing-changed' };
			return standing(stepped(row, stamp), changes);
		}
	}),
	'household.change-withdrawn.v1': kind<HouseholdRow, z.infer<typeof Withdrawn>>({
		body: Withdrawn,
		ends: true,
		// Who told of it, and the desk.
		may: (actor, { body: { told } }, row) =>
			mayArrange(actor, row, (of) =>
				[namedIn(changesTold(of), told)?.by].flatMap((by) => by ?? [])
			),
		apply(row, said, stamp) {
			if (row === null) return { noted: 'no-such-record' };
			const { told, reason } = said.body;
			const before = changesTold(row);
			const change = namedIn(before, told);
			if (change === undefined || change.what === 'tierRaised') return { noted: 'contradiction' };
			if (change.isWithdrawn) return { noted: 'nothing-changed' };
			const { note: _note, ...rest } = change;
			const withdrawn: ToldChange = { ...rest, isWithdrawn: true };
			const changes = before.map((each) => (each === change ? withdrawn : each));
			return { ...standing(stepped(row, stamp), changes), changeWithdrawnWhy: reason };
		}
	})
};

/** The last change that stands. */
export function lastChange(row: HouseholdRow): ToldChange | undefined {
	const told = changesTold(row).filter(({ isWithdrawn }) => !isWithdrawn);
	return told[told.length - 1];
}

function changesTold(row: HouseholdRow): readonly ToldChange[] {
	const { toldChanges, changedAt: at, changedWhat: what = 'other', changedNote: note } = row;
	if (toldChanges !== undefined) return toldChanges;
	return at === undefined ? [] : [{ at, what, note }];
}

function namedIn(changes: readonly ToldChange[], told: EntryId): ToldChange | undefined {
	return (
		changes.find(({ entry }) => entry === told) ?? changes.find(({ entry }) => entry === undefined)
	);
}

/** Told offline, one may arrive after a later one. */
function lastOf(changes: readonly ToldChange[]): readonly ToldChange[] {
	return [...changes].sort((a, b) => a.at - b.at).slice(-MOST_KEPT);
}

function standing(row: HouseholdRow, toldChanges: readonly ToldChange[]): HouseholdRow {
	const next = { ...row, toldChanges, changeWithdrawnWhy: undefined };
	const { at, what, note } = lastChange(next) ?? {};
	return { ...next, changedAt: at, changedWhat: what, changedNote: note };
}

/** A door that a correction put into the highest tier has changed with it. */
export function raisedBy(
	before: HouseholdRow,
	after: HouseholdRow,
	said: Pick<Entry, 'id'>,
	stamp: Stamp
): HouseholdRow {
	if (before.tier === 'high' || after.tier !== 'high') return after;
	if ((before.changedAt ?? 0) >= stamp.at) return after;
	const raised: ToldChange = { at: stamp.at, what: 'tierRaised', entry: said.id };
	return standing(after, lastOf([...changesTold(before), raised]));
}

/** [A3] When it changed leaves the community, and only where a visit hangs on it. */
export function changeFact({ tier, changedAt }: HouseholdRow): { changedAt?: Instant } {
	return tier === 'high' && changedAt !== undefined ? { changedAt } : {};
}
