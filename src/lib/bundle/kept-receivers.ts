/** [D2, O5] Whom a bundle is sealed for, kept when the ledger that says so leaves: public keys, and nobody's data. */
import { z } from 'zod';
import { OrgId, RecordId } from '#domain/ids.ts';
import { PublicKey } from '#domain/wire.ts';
import type { Stores } from '#lib/outbox/overlay.ts';
import { rowQueries } from '#lib/rows/queries.ts';

const Kept = z.array(z.object({ org: OrgId, record: RecordId, publicKey: PublicKey }));
type Kept = z.infer<typeof Kept>;

/** What is known now stands; of an organisation of which nothing is known any more, what was known last. */
export async function keepReceivers(stores: Stores): Promise<void> {
	const keys = await rowQueries(stores).all({ family: 'desk-key', state: 'current' })();
	const now = keys
		.filter(({ stage }) => stage === 'folded')
		.map(({ row: { org, record, publicKey } }) => ({ org, record, publicKey }));
	if (now.length === 0) return;
	const orgs = new Set(now.map(({ org }) => org));
	const before = await keptReceivers(stores);
	const value: Kept = [...before.filter(({ org }) => !orgs.has(org)), ...now];
	await stores.device.state.put({ key: 'receivers', value });
}

export async function keptReceivers({ device }: Pick<Stores, 'device'>): Promise<Kept> {
	const held = await device.state.get('receivers');
	return Kept.safeParse(held?.value).data ?? [];
}
