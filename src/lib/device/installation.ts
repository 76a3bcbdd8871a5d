/** Who is here: the persons enrolled on this installation and the one who is active (D1). */
import { Dexie, type Table } from 'dexie';
import type { DeviceId, PersonId } from '#domain/ids.ts';
import type { DutyOnWire, Enrolled } from '#domain/wire.ts';
import { databasePrefix, type DraftRecord } from './device-db.ts';
import type { KeyPair } from './keys.ts';

export interface PersonHere {
	/** The prefix of this person's databases. */
	readonly id: string;
	readonly person: PersonId;
	readonly device: DeviceId;
	readonly realm: string;
	readonly realmName: string;
	readonly demo: boolean;
	readonly name: string;
	readonly duties: readonly DutyOnWire[];
	/** The demo identity this person was taken as, so that it is not enrolled twice. */
	readonly demoKey?: string | undefined;
	readonly enrolledAt: number;
}

/** A key made for an invitation whose answer never arrived: used again, so that nothing is lost. */
interface PendingKeys extends KeyPair {
	readonly opener: string;
	readonly realm: string;
}

export type Installation = Dexie & {
	readonly persons: Table<PersonHere, string>;
	readonly pending: Table<PendingKeys, string>;
	/** Of forms filled in while nobody is here: founding a district. */
	readonly drafts: Table<DraftRecord, string>;
	readonly state: Table<{ readonly key: string; readonly value: unknown }, string>;
};

export function openInstallation(name = 'lxq-installation'): Installation {
	const db = new Dexie(name, { chromeTransactionDurability: 'strict' });
	db.version(1).stores({
		persons: 'id,demoKey',
		pending: 'opener',
		drafts: 'key',
		state: 'key'
	});
	// The tables named above are those of Installation.
	return db as Installation;
}

/** The active person; null when nobody is here. */
export async function activePerson(db: Installation): Promise<PersonHere | null> {
	const active = await db.state.get('active');
	if (typeof active?.value !== 'string') return null;
	return (await db.persons.get(active.value)) ?? null;
}

export async function makeActive(db: Installation, id: string): Promise<void> {
	await db.state.put({ key: 'active', value: id });
}

export function personHere(
	enrolled: Enrolled,
	context: { readonly enrolledAt: number; readonly demoKey?: string | undefined }
): PersonHere {
	const { realm, realmName, demo, device, person, name, duties } = enrolled;
	return {
		id: databasePrefix(realm, person),
		person,
		device,
		realm,
		realmName,
		demo,
		name,
		duties,
		...context
	};
}
