/** Which door of the register a household of a sheet means: an address outlives the families behind it. */
import { plainDoor, type Address } from '#domain/door-parts.ts';
import type { ImportedHome } from '#domain/import/parse-register.ts';
import type { RecordId } from '#domain/ids.ts';
import { doorStandingFor, type HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import type { ResidentRow } from '#domain/kinds/resident.ts';
import { groupBy } from '#lib/group-by.ts';

export interface MeantDoor {
	readonly record: RecordId;
	/** `movedOut`: the sheet still lists a household that the register knows as moved out. */
	readonly is: 'fresh' | 'here' | 'movedOut';
}

interface Register {
	readonly doors: readonly HouseholdRow[];
	readonly people: readonly ResidentRow[];
	/** The record of an import's own door, by what names it: the same on every device. */
	readonly recordOf: (key: string) => Promise<RecordId>;
}

/**
 * The door that is lived in; else the one that moved out, where the sheet names somebody of it or nobody at all;
 * else a record of its own, which the next import of the sheet finds again.
 */
export function meantDoors({ doors, people, recordOf }: Register) {
	const byRecord = new Map(doors.map((row) => [row.record, row]));
	const standingFor = (row: HouseholdRow) => doorStandingFor(row, byRecord);
	const at = groupBy(doors.filter(isKept), (row) => addressOf(plainDoor(row)));
	const living = groupBy(people.filter(isKept), ({ household }) => household);

	function isSameFamily({ record, head }: HouseholdRow, home: ImportedHome): boolean {
		const said = [home.head, ...home.people.map(({ name }) => name)].filter(isNamed);
		const known = [head, ...(living.get(record) ?? []).map(({ name }) => name)];
		return said.length === 0 || said.some((name) => known.includes(name));
	}

	return async (home: ImportedHome): Promise<MeantDoor> => {
		const there = (at.get(addressOf(plainDoor(home))) ?? []).map(standingFor);
		const live = there.find(isLive);
		if (live !== undefined) return { record: live.record, is: 'here' };
		const left = there.find((row) => row.state === 'movedOut' && isSameFamily(row, home));
		if (left !== undefined) return { record: left.record, is: 'movedOut' };
		for (let family = 1; ; family += 1) {
			const record = await recordOf(addressOf(home, family));
			const row = byRecord.get(record);
			// An undone import brings its door back under the same record.
			if (row === undefined || !isKept(row)) return { record, is: 'fresh' };
			const standing = standingFor(row);
			if (isLive(standing)) return { record: standing.record, is: 'here' };
		}
	};
}

export function isKept({ state }: { readonly state: string }): boolean {
	return state !== 'voided';
}

/** Later families of an address are told apart by their number. */
function addressOf({ estate, building, unit, room }: Address, family = 1): string {
	return JSON.stringify([estate, building, unit, room, ...(family === 1 ? [] : [family])]);
}

function isNamed(name: string | undefined): name is string {
	return name !== undefined && name !== '';
}
