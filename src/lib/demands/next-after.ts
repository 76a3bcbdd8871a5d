/** Which demand of a list to open once `record` has been dealt with: the one after it, else the one before. */
export function nextAfter(items: readonly string[], record: string): string | undefined {
	const at = items.indexOf(record);
	return at === -1 ? items[0] : (items[at + 1] ?? items[at - 1]);
}
