/**
 * What has the same key together, keys in the order met; what has none is left out. By hand: `Map.groupBy` is younger
 * than the oldest browsers this must work in.
 */
export function groupBy<T, K>(
	items: Iterable<T>,
	keyOf: (item: T) => K | undefined
): ReadonlyMap<K, readonly T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		if (key === undefined) continue;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}
