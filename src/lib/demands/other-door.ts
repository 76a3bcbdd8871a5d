/** It was another door: what is said of a demand that goes there, with what only the register had told of the former. */
import type { RecordId } from '#domain/ids.ts';
import { isCorrectable, type DemandRow } from '#domain/kinds/demand.ts';
import type { OfDoor } from '#domain/kinds/demand-office.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { toldOf } from './of-door.ts';

export interface OtherDoor {
	/** As far as this device holds it. */
	readonly from: HouseholdRow | undefined;
	readonly to: HouseholdRow;
	/** Who asks, where that was told of the former door. */
	readonly requester?: string | undefined;
}

/** Fields of `demand.corrected.v1`. */
interface Moved {
	readonly household: RecordId;
	readonly phone?: string;
	readonly requester?: string;
	readonly ofDoor?: OfDoor;
}

export function atOtherDoor(row: DemandRow, { from, to, requester }: OtherDoor): Moved {
	const isOfRegister = row.phone && (from === undefined || row.phone === from.phone);
	const fields = {
		household: to.record,
		...(isOfRegister ? { phone: to.phone ?? '' } : {}),
		...(requester === undefined ? {} : { requester })
	};
	const isTold = row.assignedPlace !== undefined || row.nextPlace !== undefined;
	return isTold ? { ...fields, ofDoor: toldOf({ ...row, ...fields }, to) } : fields;
}

/** Does it go along when what was told of this door turns out to be of another? */
export function goesAlong(row: DemandRow, from: DemandRow['household']): boolean {
	return row.household === from && isCorrectable(row) && row.restrictedAt === undefined;
}
