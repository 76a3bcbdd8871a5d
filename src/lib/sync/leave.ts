/** [D2] What a device may not hold any more goes: ledgers that left its scope, or all that others told. */
import { keepReceivers } from '#lib/bundle/kept-receivers.ts';
import { readHeldScope, writeHeldScope, type HeldScope } from '#lib/device/held-scope.ts';
import { writeRevoked } from '#lib/device/me.ts';
import { releaseReceived, type Stores } from '#lib/outbox/overlay.ts';
import type { LedgerSync } from './ledger-sync.ts';
import type { Sweeping } from './sweeping.ts';

export interface Leaving {
	readonly stores: Stores;
	readonly sweep: Sweeping;
	readonly ledgersOf: (epoch: string) => Pick<LedgerSync, 'drop'>;
}

/** What left the scope goes at once, with the rows that nothing else carries. */
export async function keepOnly(
	{ stores, sweep, ledgersOf }: Leaving,
	scoped: HeldScope,
	held: HeldScope | null
): Promise<void> {
	const { device, rows } = stores;
	const names = new Set(scoped.ledgers);
	const marked = await rows.ledgers.toCollection().primaryKeys();
	const stored = new Set([...marked, ...(held?.ledgers ?? [])]);
	const gone = [...stored].filter((ledger) => !names.has(ledger));
	if (gone.length > 0) await keepReceivers(stores);
	for (const ledger of gone) await ledgersOf(scoped.epoch).drop(ledger);
	await writeHeldScope(device, scoped);
	// All that was received was so before the scope was asked: what it holds is known.
	await releaseReceived(stores, names);
	if (gone.length > 0) await sweep.left();
}

/** A revoked device holds nothing that others told; what it has signed itself can leave as a bundle. */
export async function leaveAll(leaving: Leaving): Promise<void> {
	const { stores, sweep } = leaving;
	const held = await readHeldScope(stores.device);
	if (held !== null) await keepOnly(leaving, { ...held, ledgers: [] }, held);
	await sweep.ended();
	await sweep.all();
	await writeRevoked(stores.device);
}
