/** The orders that were given, by request: when, by whom, of how many records, and how far it has come. */
import type { ErasureGround, ErasureRow } from '#domain/kinds/erasure.ts';
import type { Instant, PersonId } from '#domain/ids.ts';
import { groupBy } from '#lib/group-by.ts';
import type { Seen } from '#lib/rows/queries.ts';

export interface ErasureRequest {
	readonly id: string;
	readonly at: Instant;
	readonly by: PersonId;
	readonly ground: ErasureGround;
	/** Its time was over. */
	readonly byItself: boolean;
	/** The family of each record that goes. */
	readonly families: readonly (string | undefined)[];
	/** Some of it is on this device only, and nothing is erased by it yet. */
	readonly waits: boolean;
	/** When the relay erased the last of it. */
	readonly erasedAt: Instant;
}

export function requestsOf(orders: readonly Seen<ErasureRow>[]): readonly ErasureRequest[] {
	const byRequest = groupBy(orders, ({ row }) => row.request ?? row.record);
	return [...byRequest].flatMap(([id, of]) => {
		const [first] = of;
		if (first === undefined) return [];
		const { createdAt: at, by, ground } = first.row;
		return [
			{
				...{ id, at, by, ground },
				families: of.map(({ row }) => row.what),
				byItself: first.row.byItself === true,
				waits: of.some(({ stage }) => stage === 'waiting'),
				erasedAt: Math.max(...of.map(({ row }) => row.receivedAt))
			}
		];
	});
}

/** Devices that were not heard of since: they may hold it still, and drop it when they come back. */
export function silentSince(
	devices: readonly { readonly lastSeen: number; readonly revokedAt: number | null }[],
	at: Instant
): number {
	return devices.filter(({ lastSeen, revokedAt }) => revokedAt === null && lastSeen < at).length;
}
