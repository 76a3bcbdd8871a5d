/** Who this device's person is, as the relay last said it; kept for the days without a network. */
import { z } from 'zod';
import { PersonId } from '#domain/ids.ts';
import { DutyOnWire, type ScopeAnswer } from '#domain/wire.ts';
import type { DeviceDb } from './device-db.ts';

const KnownPerson = z.object({
	person: PersonId,
	name: z.string(),
	duties: z.array(DutyOnWire),
	realm: z.string(),
	realmName: z.string(),
	demo: z.boolean(),
	/** [D2] This device was revoked: it speaks for its person no more. */
	revoked: z.boolean().optional()
});
export type KnownPerson = z.infer<typeof KnownPerson>;

/** Not its place in the list, which changes as duties begin and end. */
const ChosenDuty = DutyOnWire.pick({ role: true, org: true });
export type ChosenDuty = z.infer<typeof ChosenDuty>;

export async function readMe(db: DeviceDb): Promise<KnownPerson | null> {
	const held = await db.state.get('me');
	return KnownPerson.safeParse(held?.value).data ?? null;
}

export async function writeMe(db: DeviceDb, scope: ScopeAnswer): Promise<void> {
	const me = KnownPerson.parse(scope);
	const before = await readMe(db);
	if (JSON.stringify(before) !== JSON.stringify(me)) await db.state.put({ key: 'me', value: me });
}

/** [D2] What the relay last said of a revoked device's person: the name, and no duty any more. */
export async function writeRevoked(db: DeviceDb): Promise<void> {
	const known = await readMe(db);
	if (known === null || known.revoked) return;
	await db.state.put({ key: 'me', value: { ...known, duties: [], revoked: true } });
}

/** Which of several duties acts now, or null if nobody has chosen. */
export async function readChosenDuty(db: DeviceDb): Promise<ChosenDuty | null> {
	const held = await db.state.get('duty');
	return ChosenDuty.safeParse(held?.value).data ?? null;
}

export async function writeChosenDuty(db: DeviceDb, { role, org }: ChosenDuty): Promise<void> {
	await db.state.put({ key: 'duty', value: { role, org } });
}
