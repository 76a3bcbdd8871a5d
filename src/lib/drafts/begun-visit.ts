/** What the draft of a visit keeps of its door: it can be finished also when the door is somebody else's by then. */
import { z } from 'zod';
import { OrgId, RecordId } from '#domain/ids.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import type { DraftRecord } from '#lib/device/device-db.ts';

export type DoorBegun = Pick<
	HouseholdRow,
	| 'record'
	| 'org'
	| 'state'
	| 'tier'
	| 'head'
	| 'phone'
	| 'estate'
	| 'building'
	| 'unit'
	| 'room'
	| 'groups'
	| 'size'
>;

const Kept = z.object({ door: z.object({ record: RecordId, org: OrgId }) });

export function doorToKeep(home: DoorBegun): DoorBegun {
	const { record, org, state, tier, head, phone } = home;
	const { estate, building, unit, room, groups, size } = home;
	return { record, org, state, tier, head, phone, estate, building, unit, room, groups, size };
}

/** The door of a begun visit; null for a meeting, and for whatever is no visit. */
export function doorOfDraft({ form, value }: DraftRecord): DoorBegun | null {
	if (form !== 'visit' || !Kept.safeParse(value).success) return null;
	// The form of a visit laid its own door into the draft.
	return (value as { readonly door: DoorBegun }).door;
}
