/** A desk's device makes a key that bundles are sealed to, and says its public half once (O5). */
import type { OrgId, RecordId } from '#domain/ids.ts';
import { isDesk } from '#domain/people.ts';
import type { DutyOnWire } from '#domain/wire.ts';
import type { DeviceDb, DeskKeyRecord } from '#lib/device/device-db.ts';
import type { SayResult } from '#lib/outbox/say.ts';
import type { Utterance } from '#lib/outbox/sign.ts';
import { makeSealingKeys } from './sealing.ts';

export interface DeskKeyParts {
	readonly device: Pick<DeviceDb, 'deskKeys' | 'outbox' | 'transaction'>;
	readonly newRecord: () => RecordId;
	readonly say: (utterances: readonly Utterance[]) => Promise<SayResult>;
}

/** For every desk this device's person works at. */
export async function publishDeskKeys(
	parts: DeskKeyParts,
	duties: readonly DutyOnWire[]
): Promise<void> {
	for (const { role, org } of duties) if (isDesk(role)) await publishFor(org, parts);
}

async function publishFor(org: OrgId, { device, newRecord, say }: DeskKeyParts): Promise<void> {
	const held = (await device.deskKeys.get(org)) ?? (await makeKey(org, newRecord(), device));
	if (held === null || held.isPublished) return;
	const { record, publicKey } = held;
	// Said before the app was ended, though it was not noted any more.
	const isSaid = (await device.outbox.where('records').equals(record).count()) > 0;
	const body = { publicKey };
	const said = isSaid || (await say([{ kind: 'desk-key.published.v1', record, org, body }])).ok;
	if (said) await device.deskKeys.update(org, { isPublished: true });
}

/** Null where another tab was faster: it publishes its own. */
async function makeKey(
	org: OrgId,
	record: RecordId,
	device: DeskKeyParts['device']
): Promise<DeskKeyRecord | null> {
	const made = { org, record, ...(await makeSealingKeys()), isPublished: false };
	return device.transaction('rw', device.deskKeys, async () => {
		if ((await device.deskKeys.get(org)) !== undefined) return null;
		await device.deskKeys.add(made);
		return made;
	});
}
