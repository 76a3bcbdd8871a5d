/** Puts neighbouring columns of one group together, for a header of two rows. */

interface Grouped {
	readonly group?: string;
}

export function columnGroups<C extends Grouped>(
	columns: readonly C[]
): readonly { readonly title: string | undefined; readonly columns: readonly C[] }[] {
	const groups: { title: string | undefined; columns: C[] }[] = [];
	for (const column of columns) {
		const last = groups[groups.length - 1];
		if (last !== undefined && last.title === column.group) last.columns.push(column);
		else groups.push({ title: column.group, columns: [column] });
	}
	return groups;
}
