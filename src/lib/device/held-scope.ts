/** The ledgers this device holds and the epoch of its replicas: kept so that rows are rebuilt offline (F2). */
import { z } from 'zod';
import type { DeviceDb } from './device-db.ts';

const HeldScope = z.object({ epoch: z.string(), ledgers: z.array(z.string()) });
export type HeldScope = z.infer<typeof HeldScope>;

export async function readHeldScope(db: DeviceDb): Promise<HeldScope | null> {
	const held = await db.state.get('held-scope');
	return HeldScope.safeParse(held?.value).data ?? null;
}

export async function writeHeldScope(db: DeviceDb, scope: HeldScope): Promise<void> {
	const before = await readHeldScope(db);
	if (JSON.stringify(before) === JSON.stringify(scope)) return;
	await db.state.put({ key: 'held-scope', value: scope });
}
