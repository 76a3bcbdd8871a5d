/** District settings as entries (J7): a change takes effect from a day not before its receipt. */
import { z } from 'zod';
import { dayOf } from '../calendar.ts';
import { newContradictions } from '../contradictions.ts';
import { voiceOf } from '../correction.ts';
import type { Said } from '../entry.ts';
import { firstRow, kind, type Conflict, type Family, type Row, type Stamp } from '../family.ts';
import { EntryId } from '../ids.ts';
import { DIRECTORY } from '../ledgers.ts';
import type { Actor } from '../people.ts';
import {
	fieldsOf,
	fieldValue,
	SETTINGS_RECORD,
	SettingsPatch,
	type PlannedChange,
	type SettingsChange,
	type SettingsField,
	type SettingsRow
} from '../settings.ts';
import { DayShape } from '../shapes.ts';

const Why = z.string().min(1).max(200);

const Changed = z.strictObject({
	from: DayShape,
	values: SettingsPatch,
	/** Only the founding has none. */
	reason: Why.optional()
});
type Changed = z.infer<typeof Changed>;

const Revoked = z.strictObject({ change: EntryId, reason: Why });
type Revoked = z.infer<typeof Revoked>;

export const settings: Family = {
	name: 'settings',
	storage: 'standing',
	kinds: {
		'settings.changed.v1': kind<SettingsRow, Changed>({
			body: Changed,
			may(actor, said, row) {
				if (said.record !== SETTINGS_RECORD) return 'malformed';
				if (!isOfTheDistrict(actor)) return 'not-allowed';
				if (actor.role !== 'setUp' && said.body.reason === undefined) return 'malformed';
				const { from, values } = said.body;
				const voice = voiceOf({ device: said.device, actor });
				const change = { n: (row?.n ?? 0) + 1, from, values, voice };
				const earlier = setAside(row?.changes ?? [], change, said.rev);
				const after = { changes: [...earlier, change] };
				return newContradictions(row, after, from).length === 0 || 'contradiction';
			},
			apply(row, said, stamp) {
				if (stamp.actor.role !== 'setUp' && said.body.from < dayOf(stamp.receivedAt))
					return { noted: 'contradiction' };
				if (row === null)
					return {
						...firstRow('settings', said, said.org, stamp),
						family: 'settings',
						changes: [changeOf(said, stamp)]
					};
				return withChange(row, changeOf(said, stamp), said.rev, stamp);
			}
		}),
		/** [F5] Takes a change back before its day; what it would have set is not set. */
		'settings.revoked.v1': kind<SettingsRow, Revoked>({
			body: Revoked,
			ends: true,
			may(actor, said, row) {
				if (said.record !== SETTINGS_RECORD) return 'malformed';
				if (!isOfTheDistrict(actor)) return 'not-allowed';
				const change = row?.changes.find(({ entry }) => entry === said.body.change);
				if (row === null || change === undefined) return 'no-such-reference';
				const after = { changes: row.changes.filter((each) => each !== change) };
				return newContradictions(row, after, change.from).length === 0 || 'contradiction';
			},
			apply(row, said, stamp) {
				const change = row?.changes.find(({ entry }) => entry === said.body.change);
				if (!row || change === undefined) return { noted: 'no-such-reference' };
				if (change.revoked !== undefined) return { noted: 'nothing-changed' };
				if (change.from <= dayOf(stamp.receivedAt)) return { noted: 'illegal-transition' };
				return withoutChange(row, change, said.body.reason, stamp);
			}
		})
	},
	reads: () => [],
	audience: () => [DIRECTORY],
	indexes: () => ({})
};

export function isSettings(row: Row | null | undefined): row is SettingsRow {
	return row?.family === 'settings';
}

function isOfTheDistrict({ role }: Actor): boolean {
	return role === 'districtOfficer' || role === 'setUp';
}

function changeOf(said: Said<Changed>, stamp: Stamp): SettingsChange {
	const { from, values, reason } = said.body;
	return {
		entry: said.id,
		n: stamp.n,
		by: stamp.actor.person,
		voice: voiceOf(stamp),
		receivedAt: stamp.receivedAt,
		from,
		values,
		...(reason === undefined ? {} : { reason })
	};
}

/** [E4] A field that another changed unseen becomes a conflict; one who had seen all of it decides it. */
function withChange(
	row: SettingsRow,
	change: SettingsChange,
	rev: number,
	stamp: Stamp
): SettingsRow {
	const unseen = unseenBy(change, rev, row.changes);
	const touched = fieldsOf(change.values);
	const isUnseen = (field: SettingsField) => unseen.some(({ values }) => isSetIn(values, field));
	const open = (row.conflicts ?? []).filter(
		({ field }) => !isSetIn(change.values, field) || isUnseen(field)
	);
	const disputed = touched.flatMap(([field, value]): Conflict[] => {
		const other = [...unseen].reverse().find(({ values }) => isSetIn(values, field));
		const before = other && fieldValue(other.values, field);
		if (other === undefined || JSON.stringify(before) === JSON.stringify(value)) return [];
		const standsBy = stamp.actor.person;
		return [{ field, stands: value, standsBy, other: before, otherBy: other.by, at: stamp.at }];
	});
	return {
		...row,
		n: stamp.n,
		updatedAt: stamp.receivedAt,
		changes: [...setAside(row.changes, change, rev), change],
		conflicts: noneIfEmpty([...open, ...disputed])
	};
}

/** [E4] The later received stands, also over a later day of what it had not seen. */
function setAside<C extends Voiced>(
	changes: readonly C[],
	change: Voiced,
	rev: number
): readonly C[] {
	const unseen = unseenBy(change, rev, changes);
	return changes.map((each) => {
		if (!unseen.includes(each) || each.from <= change.from) return each;
		const aside = fieldsOf(each.values)
			.filter(([field]) => isSetIn(change.values, field))
			.map(([field]) => ({ field, for: change.n }));
		return aside.length === 0 ? each : { ...each, aside: [...(each.aside ?? []), ...aside] };
	});
}

type Voiced = PlannedChange & Pick<SettingsChange, 'voice'>;

function unseenBy<C extends Voiced>(change: Voiced, rev: number, changes: readonly C[]): C[] {
	return changes.filter(
		({ n, voice, revoked }) => n > rev && voice !== change.voice && revoked === undefined
	);
}

function withoutChange(
	row: SettingsRow,
	change: SettingsChange,
	reason: string,
	stamp: Stamp
): SettingsRow {
	const revoked = { by: stamp.actor.person, receivedAt: stamp.receivedAt, reason };
	const changes = row.changes.map((each): SettingsChange => {
		if (each === change) return { ...each, revoked };
		const aside = each.aside?.filter((given) => given.for !== change.n);
		return { ...each, aside: aside?.length === 0 ? undefined : aside };
	});
	return {
		...row,
		n: stamp.n,
		updatedAt: stamp.receivedAt,
		changes,
		conflicts: noneIfEmpty(
			(row.conflicts ?? []).filter(({ field }) => !isSetIn(change.values, field))
		)
	};
}

function isSetIn(values: SettingsPatch, field: SettingsField): boolean {
	return fieldsOf(values).some(([each]) => each === field);
}

function noneIfEmpty(conflicts: readonly Conflict[]): readonly Conflict[] | undefined {
	return conflicts.length === 0 ? undefined : conflicts;
}
