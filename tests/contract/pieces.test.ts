/** [R7] Who catches up beside others reads what they read, up to an end that is the same for all. */
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { LedgerName } from '#domain/ledgers.ts';
import { ROOT } from '#relay/ledgers/ledger-document.ts';
import { createPieces } from '#relay/sockets/pieces.ts';
import type { Store } from '#relay/store/store.ts';
import { startDistrict } from '../support/district.ts';
import { demand } from '../support/tell.ts';

const BATCH = 4;

test('a piece is read once for all who stand at its start, and not beyond what was taken away', async () => {
	const ground = await lay(3 * BATCH);
	try {
		const { pieces, place, reads } = ground;
		const first = place(0);
		const all = await Promise.all(Array.from({ length: 50 }, () => pieces.read(first)));
		expect(new Set(all).size).toBe(1);
		expect(reads()).toBe(1);
		expect(all[0]).toMatchObject({ taken: BATCH, isAll: true, isLast: false });
		await pieces.read(place(all[0]?.clock ?? 0));
		expect(reads()).toBe(2);
		pieces.forget(first.ledger);
		await pieces.read(first);
		expect(reads()).toBe(3);
	} finally {
		await ground.end();
	}
});

test('[L1] what another wrote at the end is read by whoever comes to it, while others wait there', async () => {
	const ground = await lay(BATCH - 1);
	try {
		const { pieces, place, says, holds } = ground;
		const release = holds();
		const waiting = pieces.read(place(0));
		await says();
		pieces.moved(place(0).ledger);
		const later = pieces.read(place(0));
		release();
		expect(await waiting).toMatchObject({ taken: BATCH - 1, isLast: true });
		expect(await later).toMatchObject({ taken: BATCH, isLast: false });
		const doc = new Y.Doc();
		Y.applyUpdate(doc, (await later).update);
		expect(doc.getArray(ROOT)).toHaveLength(2 * BATCH);
	} finally {
		await ground.end();
	}
});

test('[L1] who comes to what was the end goes on from there, as all who stood there do', async () => {
	const ground = await lay(BATCH - 1);
	try {
		const { pieces, place, says, reads } = ground;
		const last = await pieces.read(place(0));
		expect(last).toMatchObject({ taken: BATCH - 1, isLast: true });
		await says();
		pieces.moved(place(0).ledger);
		expect(await pieces.read(place(0))).toMatchObject({ update: last.update, isLast: false });
		expect(await pieces.read(place(last.clock))).toMatchObject({ taken: 1, isLast: true });
		expect(reads()).toBe(2);
	} finally {
		await ground.end();
	}
});

test('what is read at an end that held nothing is read again once something came', async () => {
	const ground = await lay(1);
	try {
		const { pieces, place, says } = ground;
		const end = place((await pieces.read(place(0))).clock);
		expect(await pieces.read(end)).toMatchObject({ taken: 0, isLast: true });
		await says();
		pieces.moved(end.ledger);
		expect(await pieces.read(end)).toMatchObject({ taken: 1 });
	} finally {
		await ground.end();
	}
});

test('a store that could not be read is asked again', async () => {
	const ground = await lay(1);
	try {
		const { pieces, place, breaks } = ground;
		breaks();
		const [one, other] = await Promise.allSettled([pieces.read(place(0)), pieces.read(place(0))]);
		expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
		expect(await pieces.read(place(0))).toMatchObject({ taken: 1 });
	} finally {
		await ground.end();
	}
});

/** A ledger with so many elements, and pieces over its real store, each reading of which is counted. */
async function lay(count: number) {
	const { relay, devices, end } = await startDistrict();
	const { secretary } = devices;
	const says = () => secretary.says(relay.url, demand(v7(), { channel: 'phone' }));
	const [receipt] = await says();
	for (let i = 1; i < count; i++) await says();
	const ledger = (receipt?.places[0]?.ledger ?? '') as LedgerName;
	let reads = 0;
	let isBroken = false;
	let held: Promise<undefined> | null = null;
	const store: Store = {
		...relay.store,
		async elements(...asked) {
			reads += 1;
			if (isBroken) {
				isBroken = false;
				throw new Error('store: no answer');
			}
			const found = await relay.store.elements(...asked);
			await held;
			return found;
		}
	};
	const name = `${ledger}@${relay.store.epoch}`;
	return {
		pieces: createPieces(store),
		place: (clock: number) => ({ ledger, name, clock, batch: BATCH }),
		reads: () => reads,
		says,
		/** What is read is answered only when it is let go. */
		holds() {
			const { promise, resolve } = Promise.withResolvers<undefined>();
			held = promise;
			return () => {
				held = null;
				resolve(undefined);
			};
		},
		breaks: () => (isBroken = true),
		end
	};
}
