/** 包联分工: doors given to a member from a day, and a member's doors handed to another. */
import { startOfDay, type Day } from '#domain/calendar.ts';
import type { PersonId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLinkable, isWith } from '#domain/kinds/household-planning.ts';
import type { App } from '#lib/app.ts';
import { m } from '#lib/i18n/index.ts';
import { inCommits, type Ended, type Telling } from '#lib/office/in-commits.ts';
import type { RowQueries } from '#lib/rows/queries.ts';
import { deskJobOf } from './desk-job.svelte.ts';
import { doorsOf } from './doors-of.ts';

export interface Linking {
	readonly doors: readonly RecordId[];
	/** Null leaves the doors with nobody. */
	readonly member: PersonId | null;
	readonly from: Day;
	/** From a later day on the doors change hands when it comes. */
	readonly today: Day;
}

/** Begins the work behind the pages; answers in words why it was not begun. */
export function beginLinking(app: App, linking: Linking): string | null {
	const total = linking.doors.length;
	const begun = deskJobOf(app).begin({
		label: m.homes.link.running(total),
		total,
		start: (telling) => linkDoors(linking, app.rows, telling)
	});
	return begun === null ? m.homes.job.busy : null;
}

/** The doors, and with each those that were merged into it. A door that is with the member already is passed over, so it can always be run again. */
export async function linkDoors<Why extends string>(
	{ doors, member, from, today }: Linking,
	rows: Pick<RowQueries, 'all' | 'many'>,
	telling: Telling<Why>
): Promise<Ended<Why>> {
	const isPlan = from > today;
	const kind = isPlan ? 'household.link-planned.v1' : 'household.linked.v1';
	const body = { member, from: isPlan ? from : startOfDay(from) };
	const isSo = (row: HouseholdRow): boolean =>
		isPlan ? isPlanned(row, { member, from }) : isWith(row, member);
	const all = await Promise.all(doors.map((door) => doorsOf(rows, door)()));
	return inCommits(
		// A door after those that were merged into it: stopped in between, it is still offered.
		all.flatMap((merged) => [...merged].reverse()),
		async (chunk) => {
			const held = await rows.many('household', chunk)();
			return chunk.flatMap((record) => {
				const row = held.get(record)?.row;
				if (row === undefined || !isLinkable(row) || isSo(row)) return [];
				return [{ kind, record, body }];
			});
		},
		telling
	);
}

function isPlanned(row: HouseholdRow, { member, from }: Pick<Linking, 'member' | 'from'>): boolean {
	return row.nextMemberFrom === from && (row.nextMember ?? null) === member;
}
