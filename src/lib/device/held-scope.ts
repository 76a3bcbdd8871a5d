/** The ledgers this device holds and the epoch of its replicas: kept so that rows are rebuilt offline (F2). */
import { z } from 'zod';
import type { DeviceDb } from './device-db.ts';

const Replicas = z.object({ epoch: z.string(), ledgers: z.array(z.string()) });
const HeldScope = z.object({
	...Replicas.shape,
	/** [R6] Replicas of the epoch before: everything of them is given back, they are to be dropped. */
	former: Replicas.optional()
});
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
