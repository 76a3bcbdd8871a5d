/** District settings as entries (J7): a change takes effect from a day not before its receipt. */
import { z } from 'zod';
import { dayOf } from '../calendar.ts';
import { firstRow, kind, type Family, type Row } from '../family.ts';
import { DIRECTORY } from '../ledgers.ts';
import { SETTINGS_RECORD, Settings, type SettingsRow } from '../settings.ts';

const Changed = z.strictObject({
	from: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
	values: Settings.partial(),
	reason: z.string().max(200).optional()
});

export const settings: Family = {
	name: 'settings',
	storage: 'standing',
	kinds: {
		'settings.changed.v1': kind<SettingsRow, z.infer<typeof Changed>>({
			body: Changed,
			may(actor, said) {
				if (said.record !== SETTINGS_RECORD) return 'malformed';
				return actor.role === 'districtOfficer' || actor.role === 'setUp' ? true : 'not-allowed';
			},
			apply(row, said, stamp) {
				if (stamp.actor.role !== 'setUp' && said.body.from < dayOf(stamp.receivedAt))
					return { noted: 'contradiction' };
				const change = { from: said.body.from, n: stamp.n, values: said.body.values };
				if (row !== null)
					return {
						...row,
						n: stamp.n,
						updatedAt: stamp.receivedAt,
						changes: [...row.changes, change]
					};
				return {
					...firstRow('settings', { ...said, body: {} }, said.org, stamp),
					family: 'settings',
					changes: [change]
				};
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
