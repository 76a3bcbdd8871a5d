// Small tables written as text for the tests of importing.
import type { Cell, Merge, Sheet } from '#domain/import/sheet.ts';

/** A sheet without more ado. */
export function sheetOf(rows: readonly (readonly Cell[])[], merges: readonly Merge[] = []): Sheet {
	return { name: '表一', rows, merges };
}

/** One line a row, cells separated by `|`, empty ones empty. */
export function tableOf(text: string): Sheet {
	const rows = text
		.trim()
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim() || null));
	return sheetOf(rows);
}
