/** What the drafts of this device say, to find the photos and recordings that they name. */
import type { DeviceDb } from '#lib/device/device-db.ts';

/** Those of open forms, and those that 撤回 would lay back. */
export async function textOfDrafts({ drafts, outbox }: DeviceDb): Promise<string> {
	const said = (await outbox.toArray()).flatMap(({ draft }) => draft ?? []);
	return JSON.stringify([...(await drafts.toArray()), ...said]);
}
