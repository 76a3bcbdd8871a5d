/**
 * [A4, R6] What of the entries that a restored store lost had been erased before. The order says so, which is an
 * entry like others: a device that offers no text proves nothing by that.
 */
import type { Head } from '#domain/element.ts';
import type { RecordId } from '#domain/ids.ts';
import { isErasure, type ErasureRow } from '#domain/kinds/erasure.ts';
import type { Reads } from '../store/store.ts';

export interface ErasureOrders {
	/** Was it to be erased before the store was put back at that moment? */
	covered(head: Head, redrawnAt: number): Promise<boolean>;
	/** Others came back meanwhile. */
	forget(): void;
}

export function createErasureOrders(stored: Pick<Reads, 'rowsOfFamily'>): ErasureOrders {
	let known: Promise<ReadonlyMap<RecordId, readonly ErasureRow[]>> | null = null;

	async function read(): Promise<ReadonlyMap<RecordId, readonly ErasureRow[]>> {
		const rows = (await stored.rowsOfFamily('erasure')).filter(isErasure);
		return Map.groupBy(rows, ({ of }) => of);
	}

	return {
		async covered({ record, n, receivedAt }, redrawnAt) {
			known ??= read();
			const orders = (await known).get(record) ?? [];
			return orders.some(({ entries, receivedAt: orderedAt }) => {
				// One that was given since counts the entries that are here now.
				if (orderedAt > redrawnAt || receivedAt > orderedAt) return false;
				return entries === 'all' || entries.includes(n);
			});
		},
		forget() {
			known = null;
		}
	};
}
