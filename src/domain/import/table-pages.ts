/**
 * The rows of a table that was put together from pages: each page may bring its title, its own header and its
 * own order of columns, and ends with sums and signatures.
 */
import type { ColumnName } from './columns-lexicon.ts';
import { findHeader, isRepeatedHeader, nameForms, type Header } from './find-header.ts';
import {
	cellText,
	fillDown,
	fillMerged,
	isBlankRow,
	isFooter,
	loneCell,
	type LoneCell,
	type Sheet,
	type SheetRow
} from './sheet.ts';

export interface PageRow<F extends string> {
	/** From 1, as Excel counts. */
	readonly row: number;
	readonly cells: SheetRow;
	/** Of its page. */
	readonly header: Header<F>;
	/** Where the row holds nothing else. */
	readonly line: LoneCell | null;
}

/** A row that names one column of each group is a header: nobody is called 姓名. */
export interface PageColumns<F extends string> {
	readonly columns: readonly ColumnName<F>[];
	readonly groups: readonly (readonly F[])[];
}

/** Titles, headers, footers and blank rows are passed over; `best` is the header of a table of one page. */
export function* rowsOfPages<F extends string>(
	sheet: Sheet,
	best: Header<F>,
	{ columns, groups }: PageColumns<F>
): Generator<PageRow<F>> {
	const across = fillMerged(sheet).rows;
	const down = fillDown(sheet).rows;
	const namesOfGroups = groups.map((fields) => {
		const named = columns.filter(({ field }) => fields.includes(field));
		return new Set(named.flatMap(({ names }) => names.flatMap(nameForms)));
	});

	/** With the row below it, over which a header may stand too. */
	function headerFrom(index: number): Header<F> | null {
		const said = (across[index] ?? []).flatMap((cell) => nameForms(cellText(cell)));
		if (!namesOfGroups.every((names) => said.some((name) => names.has(name)))) return null;
		const rows = across.slice(index, index + 2);
		const found = findHeader({ name: sheet.name, rows, merges: [] }, columns);
		return found && { ...found, row: found.row + index };
	}

	let header = best;
	for (let index = 0; index < best.row; index += 1) {
		const first = headerFrom(index);
		if (first === null) continue;
		header = first;
		break;
	}
	const titles = new Set(down.slice(0, header.row).flatMap((cells) => loneCell(cells)?.text ?? []));
	for (let index = header.row + 1; index < down.length; index += 1) {
		const cells = down[index] ?? [];
		if (isBlankRow(cells) || isRepeatedHeader(header, cells) || isFooter(cells)) continue;
		const next = headerFrom(index);
		if (next !== null) {
			header = next;
			index = next.row;
			continue;
		}
		const line = loneCell(cells);
		if (line === null || !titles.has(line.text)) yield { row: index + 1, cells, header, line };
	}
}
