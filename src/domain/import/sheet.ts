/** A table as a file holds it: every text exactly as written, dates as the wall clock shows them. */

import { footerWords } from './footer-lexicon.ts';

/** A true Excel date: `YYYY-MM-DDTHH:mm:ss`, with `.SSS` when it has a fraction of a second. */
export interface DateCell {
	readonly date: string;
}

export type Cell = string | number | boolean | DateCell | null;
export type SheetRow = readonly Cell[];

/** Cells that are one on the screen; indexes from 0, both ends included. Only the first holds a value. */
export interface Merge {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

/** Row `i` of `rows` is row `i + 1` of the file; rows end with their last filled cell. */
export interface Sheet {
	readonly name: string;
	readonly rows: readonly SheetRow[];
	readonly merges: readonly Merge[];
}

/** A cell as text, unchanged where it is text. */
export function cellText(cell: Cell | undefined): string {
	if (cell === null || cell === undefined) return '';
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
	if (typeof cell === 'number') return String(cell);
	return cell.date.replace('T00:00:00', '').replace('T', ' ');
}

export function isBlank(cell: Cell | undefined): boolean {
	return cellText(cell).trim() === '';
}

export function isBlankRow(row: SheetRow | undefined): boolean {
	return row === undefined || row.every(isBlank);
}

/** 合计 40 人, 填表人：… : a line that is filled here and there, and begins like nobody's row. */
export function isFooter(row: SheetRow): boolean {
	const first = row.map(cellText).find((text) => text.trim() !== '') ?? '';
	return footerWords.test(first.normalize('NFKC').trim());
}

/** Words that have a row to themselves: 4栋 above its doors. */
export interface LoneCell {
	readonly text: string;
	readonly column: number;
}

/** Null where the row has more than one filled cell, or none. */
export function loneCell(row: SheetRow): LoneCell | null {
	const column = row.findIndex((cell) => !isBlank(cell));
	if (column < 0 || row.slice(column + 1).some((cell) => !isBlank(cell))) return null;
	return { column, text: cellText(row[column]).normalize('NFKC').trim() };
}

export function isAcross({ merges }: Sheet, index: number, column: number): boolean {
	return merges.some(
		({ top, bottom, left, right }) =>
			top <= index && index <= bottom && left === column && right > column
	);
}

/** The same sheet with the value of each merged block in every one of its cells. */
export function fillMerged(sheet: Sheet): Sheet {
	const rows = sheet.rows.map((row) => [...row]);
	for (const { top, left, bottom, right } of sheet.merges) {
		const value = rows[top]?.[left] ?? null;
		if (value === null) continue;
		for (const row of rows.slice(top, bottom + 1)) {
			while (row.length <= right) row.push(null);
			row.fill(value, left, right + 1);
		}
	}
	return { ...sheet, rows, merges: [] };
}

/** The same with each value down the first column of its block alone: across, it is one cell of one column. */
export function fillDown(sheet: Sheet): Sheet {
	const merges = sheet.merges.map((merge) => ({ ...merge, right: merge.left }));
	return fillMerged({ ...sheet, merges });
}
