/** Reads the cells of one sheet: texts to the letter, true dates as the wall clock, numbers as numbers. */
import type { Cell, Merge, Sheet } from '#domain/import/sheet.ts';
import { dateCell } from './excel-dates.ts';
import { attributeOf, xmlTokens } from './xml-tokens.ts';

export interface SheetSource {
	readonly name: string;
	readonly xml: string;
	readonly strings: readonly string[];
	readonly dateStyles: readonly boolean[];
	readonly is1904: boolean;
}

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const CELLS_LIMIT = 5_000_000;
const STEP = 100;

/** The texts that cells share; of a rich text the letters, without the readings above them. */
export function* readStrings(xml: string): Generator<number, readonly string[]> {
	const strings: string[] = [];
	let text = '';
	let isText = false;
	let isReading = false;
	for (const token of xmlTokens(xml)) {
		if (token.is === 'text') {
			if (isText && !isReading) text += token.text;
			continue;
		}
		if (token.name === 't') isText = token.is === 'open';
		if (token.name === 'rPh') isReading = token.is === 'open';
		if (token.name !== 'si') continue;
		if (token.is === 'close') {
			strings.push(unescaped(text));
			if (strings.length % STEP === 0) yield token.end / xml.length;
		}
		text = '';
	}
	return strings;
}

/** Yields the share read; null when the sheet has more cells than one can work with. */
export function* readSheetXml(source: SheetSource): Generator<number, Sheet | null> {
	const rows: Cell[][] = [];
	const merges: Merge[] = [];
	let cells = 0;
	let row = -1;
	let column = -1;
	let cell: RawCell | null = null;
	let holder = '';
	let isReading = false;
	for (const token of xmlTokens(source.xml)) {
		if (token.is === 'text') {
			if (cell !== null && !isReading) {
				if (holder === 'v') cell.value += token.text;
				if (holder === 't') cell.text += token.text;
			}
			continue;
		}
		if (token.name === 'rPh') isReading = token.is === 'open';
		else if (token.name === 'v' || token.name === 't')
			holder = token.is === 'open' ? token.name : '';
		if (token.is === 'close') {
			if (token.name === 'c' && cell !== null) {
				const value = cellOf(cell, source);
				if (value !== null) put(rows, row, column, value);
				cell = null;
			}
			if (token.name === 'row' && row % STEP === 0) yield token.end / source.xml.length;
			continue;
		}
		if (token.name === 'row') {
			row = Number(attributeOf(token.attributes, 'r') ?? row + 2) - 1;
			column = -1;
		} else if (token.name === 'c') {
			const at = placeOf(attributeOf(token.attributes, 'r') ?? '');
			[row, column] = at ?? [row, column + 1];
			if (!(row >= 0 && row < LAST_ROW && column < LAST_COLUMN))
				throw new Error('xlsx: no such cell');
			cells += 1;
			if (cells > CELLS_LIMIT) return null;
			cell = rawCell(token.attributes);
		} else if (token.name === 'mergeCell') {
			const merge = mergeOf(attributeOf(token.attributes, 'ref') ?? '');
			if (merge !== null) merges.push(merge);
		}
	}
	for (const merge of merges) clearCovered(rows, merge);
	return { name: source.name, rows: trimmed(rows), merges };
}

interface RawCell {
	readonly type: string;
	readonly style: number;
	/** What stands in `<v>`, and in the `<t>` of an inline text. */
	value: string;
	text: string;
}

function rawCell(attributes: string): RawCell {
	return {
		type: attributeOf(attributes, 't') ?? 'n',
		style: Number(attributeOf(attributes, 's') ?? 0),
		value: '',
		text: ''
	};
}

function cellOf({ type, style, value, text }: RawCell, source: SheetSource): Cell {
	switch (type) {
		case 's': {
			if (value.trim() === '') return null;
			const shared = source.strings[Number(value)];
			if (shared === undefined) throw new Error('xlsx: a shared text is missing');
			return shared === '' ? null : shared;
		}
		case 'inlineStr':
			return unescaped(text) || null;
		case 'b':
			return value.trim() === '' ? null : value.trim() === '1';
		case 'd':
			return isoCell(value.trim());
		case 'n':
			return numberCell(value.trim(), source.dateStyles[style] ?? false, source);
		default:
			return unescaped(value) || null;
	}
}

function numberCell(value: string, isDate: boolean, source: SheetSource): Cell {
	const number = Number(value);
	if (value === '') return null;
	// A run of digits longer than a number holds is an identifier: its text is the truth.
	if (!Number.isFinite(number) || (/^\d+$/.test(value) && !Number.isSafeInteger(number)))
		return value;
	return (isDate ? dateCell(number, source) : null) ?? number;
}

function isoCell(value: string): Cell {
	const [, day, time = '00:00:00'] =
		/^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)Z?)?$/.exec(value) ?? [];
	return day === undefined ? value || null : { date: `${day}T${time}` };
}

/** `_x000D_` is how a sheet writes a character that XML cannot hold, `_x005F_` the underscore before such a code. */
function unescaped(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
		String.fromCharCode(parseInt(code, 16))
	);
}

function placeOf(reference: string): readonly [row: number, column: number] | null {
	const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference) ?? [];
	if (letters === undefined) return null;
	const column = [...letters.toUpperCase()].reduce(
		(sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
		0
	);
	return [Number(digits) - 1, column - 1];
}

function mergeOf(reference: string): Merge | null {
	const [first, last] = reference.split(':').map(placeOf);
	if (!first || !last) return null;
	return { top: first[0], left: first[1], bottom: last[0], right: last[1] };
}

function put(rows: Cell[][], row: number, column: number, value: Cell): void {
	while (rows.length <= row) rows.push([]);
	const cells = rows[row] ?? [];
	while (cells.length < column) cells.push(null);
	cells[column] = value;
}

/** A merged block shows its first cell alone; what a writer left under it was never seen. */
function clearCovered(rows: Cell[][], { top, left, bottom, right }: Merge): void {
	for (const [offset, cells] of rows.slice(top, bottom + 1).entries()) {
		const last = Math.min(right, cells.length - 1);
		for (let column = offset === 0 ? left + 1 : left; column <= last; column += 1)
			cells[column] = null;
	}
}

/** Without empty cells at the end of rows, and empty rows at the end of the sheet. */
function trimmed(rows: Cell[][]): Cell[][] {
	for (const cells of rows) {
		while (cells.length > 0 && (cells[cells.length - 1] ?? null) === null) cells.pop();
	}
	while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop();
	return rows;
}
