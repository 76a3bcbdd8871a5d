/** What lies unsent with each person of this installation; only the active one's is handed in (D1). */
import { ofState } from '#lib/media/of-state.ts';
import { openDeviceDb, type DeviceDb } from './device-db.ts';
import type { PersonHere } from './installation.ts';
import { readMe } from './me.ts';

export interface LeftHere {
	/** Entries that the relay has not received. */
	readonly waiting: number;
	readonly drafts: number;
	/** What is held nowhere else, and has to go first before its person can. */
	readonly alone: Alone;
}

export interface Alone {
	/** Entries that no bundle has carried away either. */
	readonly entries: number;
	/** Photos and recordings on their way; those of a revoked device have none. */
	readonly photos: number;
	/** What was not taken and waits for its author. */
	readonly matters: number;
}

/** By the id of the person here. */
export async function leftHere(
	persons: readonly Pick<PersonHere, 'id'>[]
): Promise<ReadonlyMap<string, LeftHere>> {
	const found = new Map<string, LeftHere>();
	for (const { id } of persons) {
		const db = openDeviceDb(id);
		try {
			found.set(id, await leftIn(db));
		} finally {
			db.close();
		}
	}
	return found;
}

async function leftIn(db: DeviceDb): Promise<LeftHere> {
	const commits = await db.outbox.where('state').notEqual('received').toArray();
	const count = (of: typeof commits) => of.reduce((sum, { entries }) => sum + entries.length, 0);
	const isRevoked = (await readMe(db))?.revoked === true;
	return {
		waiting: count(commits),
		drafts: await db.drafts.count(),
		alone: {
			entries: count(commits.filter(({ handedOver }) => handedOver !== true)),
			photos: isRevoked ? 0 : await ofState(db, 'waiting').count(),
			matters: await db.attention.where({ state: 'open' }).count()
		}
	};
}

export function isNothing({ entries, photos, matters }: Alone): boolean {
	return entries + photos + matters === 0;
}
