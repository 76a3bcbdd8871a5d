/** What is done before the first syncing: rows, replicas and outbox are brought together, offline too. */
import { readHeldScope } from '#lib/device/held-scope.ts';
import { catchUpAll, type Stores } from '#lib/outbox/overlay.ts';
import { dropOtherRows } from '#lib/rows/rows-db.ts';
import { inOrderOfNeed, type LedgerSync } from './ledger-sync.ts';
import { dropFormer } from './move-over.ts';
import type { PullProgress } from './pull-progress.ts';

export interface Preparing {
	readonly stores: Stores;
	readonly prefix: string;
	readonly progress: PullProgress;
	readonly ledgersOf: (epoch: string) => LedgerSync;
}

/** [F2] Rows of a new shape are built from the replicas, with or without a network. */
export async function prepareRows(preparing: Preparing): Promise<void> {
	const { stores, prefix, progress, ledgersOf } = preparing;
	const { device, rows } = stores;
	const isBuilt = (await rows.meta.get('built')) !== undefined;
	const held = await readHeldScope(device);
	if (!isBuilt && held !== null) {
		const local = ledgersOf(held.epoch);
		await progress.begin('rebuild', 0);
		for (const ledger of inOrderOfNeed(held.ledgers)) await local.refold(ledger);
	}
	await progress.end();
	await rows.meta.put({ key: 'built', value: true });
	// [A5] texts that were taken away may still be stored: the app was killed before it merged them
	const unclean = await rows.ledgers
		.filter(({ holdsGone, toRefold }) => holdsGone === true || toRefold !== undefined)
		.toArray();
	if (held !== null) for (const { ledger } of unclean) await ledgersOf(held.epoch).refold(ledger);
	await dropOtherRows(prefix);
	await dropFormer({ stores, prefix });
	await catchUpAll(stores);
}
