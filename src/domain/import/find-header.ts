/** Finds the row that names the columns, under title rows and over one or two rows of merged cells. */
import { otherColumns, type ColumnName } from './columns-lexicon.ts';
import { cellText, fillMerged, type Sheet, type SheetRow } from './sheet.ts';

export interface Header<F extends string> {
	/** Index of the last row of the header; data begin below. */
	readonly row: number;
	readonly columns: ReadonlyMap<F, number>;
	/** What each column is called in the file. */
	readonly names: readonly string[];
	/** Required columns that are not there. */
	readonly missing: readonly F[];
}

/** A header stands within the first rows; what comes later is data. */
const SEARCHED = 30;

/** Null when no row names at least two of the columns. */
export function findHeader<F extends string>(
	sheet: Sheet,
	columns: readonly ColumnName<F>[]
): Header<F> | null {
	const top = fillMerged({ ...sheet, rows: sheet.rows.slice(0, SEARCHED) });
	let best: Header<F> | null = null;
	for (const [index, row] of top.rows.entries()) {
		const above = top.rows[index - 1];
		const single = headerAt(index, namesOf(row), columns);
		const double = above ? headerAt(index, namesOfTwo(above, row), columns) : single;
		const found = double.columns.size > single.columns.size ? double : single;
		if (found.columns.size > (best?.columns.size ?? 1)) best = found;
	}
	return best;
}

/** Whether a row says the header again, as each page of a printed table does. */
export function isRepeatedHeader<F extends string>(header: Header<F>, row: SheetRow): boolean {
	return [...header.columns.values()].every(
		(column) => normal(cellText(row[column])) === normal(header.names[column] ?? '')
	);
}

/** The names a column answers to; the first is shown. */
type Names = readonly string[];

function namesOf(row: SheetRow): Names[] {
	return row.map((cell) => [cellText(cell)]);
}

function namesOfTwo(above: SheetRow, row: SheetRow): Names[] {
	return Array.from({ length: Math.max(above.length, row.length) }, (_, column) => {
		const [upper, lower] = [cellText(above[column]), cellText(row[column])];
		if (lower.trim() === '' || lower === upper) return [upper];
		return [lower, `${upper}${lower}`];
	});
}

function headerAt<F extends string>(
	row: number,
	names: readonly Names[],
	columns: readonly ColumnName<F>[]
): Header<F> {
	const forms = names.map((all) => all.flatMap(nameForms));
	const found = new Map<F, number>();
	const claim = (isMatch: (form: string, name: string) => boolean): void => {
		for (const { field, names: accepted } of columns) {
			if (found.has(field)) continue;
			const taken = new Set(found.values());
			const column = firstColumn(forms, taken, accepted.map(normal), isMatch);
			if (column !== null) found.set(field, column);
		}
	};
	claim((form, name) => form === name);
	const known = new Set(
		[...columns.flatMap((column) => column.names), ...otherColumns].map(normal)
	);
	claim((form, name) => !known.has(form) && isTypo(form, name));
	return {
		row,
		columns: found,
		names: names.map(([name]) => (name ?? '').trim()),
		missing: columns
			.filter(({ field, isRequired }) => isRequired === true && !found.has(field))
			.map(({ field }) => field)
	};
}

function firstColumn(
	forms: readonly Names[],
	taken: ReadonlySet<number>,
	accepted: readonly string[],
	isMatch: (form: string, name: string) => boolean
): number | null {
	for (const name of accepted) {
		const column = forms.findIndex(
			(all, index) => !taken.has(index) && all.some((form) => isMatch(form, name))
		);
		if (column >= 0) return column;
	}
	return null;
}

/** A name as a whole, and without what stands in brackets. */
export function nameForms(name: string): Names {
	const wide = name.normalize('NFKC');
	const forms = [normal(wide), normal(wide.replace(/[([【].*?[)\]】]/g, ''))];
	return forms.filter((form) => form !== '');
}

/** Letters and digits alone, full-width ones made plain. */
function normal(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** One letter more, less, other or swapped, in a name of at least four. */
function isTypo(form: string, name: string): boolean {
	const [written, meant] = [[...form], [...name]];
	if (meant.length < 4 || Math.abs(written.length - meant.length) > 1) return false;
	const start = written.findIndex((letter, index) => letter !== meant[index]);
	if (start < 0) return written.length !== meant.length;
	const rest = written.slice(start).join('');
	const wanted = meant.slice(start).join('');
	const tail = (text: string, n: number): string => [...text].slice(n).join('');
	const isSwap =
		written[start] === meant[start + 1] &&
		written[start + 1] === meant[start] &&
		tail(rest, 2) === tail(wanted, 2);
	return (
		isSwap ||
		tail(rest, 1) === tail(wanted, 1) ||
		rest === tail(wanted, 1) ||
		tail(rest, 1) === wanted
	);
}
