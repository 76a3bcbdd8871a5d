/** How much of the outbox the relay has not answered: from its indexes, for it may be thousands of entries long. */
import type { DeviceDb, OutboxCommit } from '#lib/device/device-db.ts';

export interface Unsent {
	readonly entries: number;
	/** When the oldest of it was said. */
	readonly since: number | null;
}

const BY_SIZE = '[state+entries.length]';
const states = ['waiting', 'sending', 'later'] satisfies OutboxCommit['state'][];

export async function unsentHere({ outbox }: Pick<DeviceDb, 'outbox'>): Promise<Unsent> {
	const sizes = await outbox.orderBy(BY_SIZE).uniqueKeys();
	// Keys of that index are a state and a number.
	const unsent = (sizes as unknown as [OutboxCommit['state'], number][]).filter(
		([state]) => state !== 'received'
	);
	const [counts, oldest] = await Promise.all([
		Promise.all(unsent.map((key) => outbox.where(BY_SIZE).equals(key).count())),
		Promise.all(states.map((state) => outbox.where('state').equals(state).first()))
	]);
	const said = oldest.flatMap((commit) => commit?.createdAt ?? []);
	return {
		entries: unsent.reduce((sum, [, size], at) => sum + size * (counts[at] ?? 0), 0),
		since: said.length === 0 ? null : Math.min(...said)
	};
}

/** In local order; of a long outbox only those that are looked at are read. */
export async function unsentKeys({ outbox }: Pick<DeviceDb, 'outbox'>): Promise<readonly number[]> {
	const keys = await outbox.where('state').anyOf(states).primaryKeys();
	return keys.sort((a, b) => a - b);
}
