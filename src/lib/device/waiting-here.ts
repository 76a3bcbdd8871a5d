/** What lies unsent with each person of this installation; only the active one's is handed in (D1). */
import { openDeviceDb } from './device-db.ts';
import type { PersonHere } from './installation.ts';

export interface LeftHere {
	/** Entries that the relay has not received. */
	readonly waiting: number;
	readonly drafts: number;
}

/** By the id of the person here. */
export async function leftHere(
	persons: readonly Pick<PersonHere, 'id'>[]
): Promise<ReadonlyMap<string, LeftHere>> {
	const found = new Map<string, LeftHere>();
	for (const { id } of persons) {
		const db = openDeviceDb(id);
		try {
			const commits = await db.outbox.where('state').notEqual('received').toArray();
			found.set(id, {
				waiting: commits.reduce((sum, { entries }) => sum + entries.length, 0),
				drafts: await db.drafts.count()
			});
		} finally {
			db.close();
		}
	}
	return found;
}
