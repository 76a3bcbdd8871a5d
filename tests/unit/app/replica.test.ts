/** A ledger's document on a device, when the same elements come by two ways. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { openReplica, type PagedElement } from '#lib/sync/replica.ts';

const element = (seq: number): PagedElement => ({
	head: { seq, kind: 'demand.registered.v1' },
	text: [seq, `text ${seq}`, 'sig']
});

test('[R7] what the socket brought while a page was asked for is not written a second time', async () => {
	const replica = await openReplica({ prefix: 'two-ways', ledger: 'desk/a/standing', epoch: 'e' });
	replica.append([element(1), element(2)]);
	replica.append([element(2), element(3)]);
	replica.append([element(1)]);
	expect(replica.seq()).toBe(3);
	expect(replica.items()).toHaveLength(6);
	expect(() => replica.append([element(5)])).toThrow('a gap after 3');
	await replica.close();
});
