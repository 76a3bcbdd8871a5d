/** A long list, so many at a time. */
export function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
	for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
