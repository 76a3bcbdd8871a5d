/**
 * Reads demands from a ledger of any shape. No text is changed by a letter: what cannot be taken is refused by
 * row with a reason, and stays visible in the preview.
 */
import type { Instant } from '../ids.ts';
import { demandColumns, type DemandField } from './columns-lexicon.ts';
import { findHeader, isRepeatedHeader, type Header } from './find-header.ts';
import { parseWhen } from './parse-when.ts';
import type { ImportProblem, RowProblem } from './problem.ts';
import { cellText, isBlankRow, type Sheet, type SheetRow } from './sheet.ts';

/** One row as it will be registered; `row` counts from 1 as Excel does. */
export interface ImportedDemand {
	readonly row: number;
	readonly sourceNo: string;
	readonly title: string;
	readonly description: string;
	readonly registeredAt: Instant;
	readonly requester?: string;
	readonly phone?: string;
	readonly place?: string;
	/** Every other filled column under its own name. */
	readonly extra: readonly { readonly name: string; readonly text: string }[];
}

export interface DemandList {
	readonly demands: readonly ImportedDemand[];
	readonly problems: readonly ImportProblem[];
	/** Rows below the header that hold anything. */
	readonly rowsIn: number;
	/** Null when no header was found. */
	readonly header: Header<DemandField> | null;
}

/** What a demand can hold, the same as its family says. */
const limits = {
	sourceNo: 60,
	requester: 60,
	title: 200,
	description: 10_000,
	phone: 40,
	place: 200
} as const;
const STEP = 200;
const DERIVED_TITLE = 40;

export function parseDemands(sheet: Sheet): DemandList {
	const steps = parsingDemands(sheet);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
	}
}

/** The same in steps, each saying the share done, so that a caller can show it, breathe, or stop. */
export function* parsingDemands(sheet: Sheet): Generator<number, DemandList> {
	const header = findHeader(sheet, demandColumns);
	if (header === null) {
		const problem: ImportProblem = { row: 0, code: 'no-header', value: sheet.name };
		return { demands: [], problems: [problem], rowsIn: 0, header };
	}
	const demands: ImportedDemand[] = [];
	const problems: ImportProblem[] = header.missing.map((value) => ({
		row: 0,
		code: 'missing-column',
		value
	}));
	const seen = new Set<string>();
	let rowsIn = 0;
	for (let index = header.row + 1; index < sheet.rows.length; index += 1) {
		if (index % STEP === 0) yield index / sheet.rows.length;
		const cells = sheet.rows[index] ?? [];
		if (isBlankRow(cells) || isRepeatedHeader(header, cells)) continue;
		rowsIn += 1;
		if (header.missing.length > 0) continue;
		const read = readRow(cells, index + 1, header, seen);
		if ('sourceNo' in read) demands.push(read);
		else problems.push(...read);
	}
	return { demands, problems, rowsIn, header };
}

function readRow(
	cells: SheetRow,
	row: number,
	header: Header<DemandField>,
	seen: Set<string>
): ImportedDemand | readonly ImportProblem[] {
	const text = (field: DemandField): string => {
		const column = header.columns.get(field);
		return column === undefined ? '' : cellText(cells[column]);
	};
	// A number identifies: blanks around it are not part of it.
	const sourceNo = text('sourceNo').trim();
	const description = text('description');
	const title = header.columns.has('title') ? text('title') : titleOf(description);
	const when = parseWhen(cells[header.columns.get('registeredAt') ?? -1]);
	const optional = {
		requester: text('requester'),
		phone: text('phone'),
		place: text('place')
	};
	const texts = { sourceNo, title, description, ...optional };
	const problems: ImportProblem[] = [];
	const report = (code: RowProblem, value: string): void => {
		problems.push({ row, code, value });
	};
	if (sourceNo === '') report('blank-number', '');
	else if (seen.has(sourceNo)) report('duplicate-number', sourceNo);
	if (title.trim() === '') report('blank-title', '');
	if (description.trim() === '') report('blank-description', '');
	if (!when.ok) report(when.code, text('registeredAt'));
	for (const field of [
		'sourceNo',
		'title',
		'description',
		'requester',
		'phone',
		'place'
	] as const) {
		if (texts[field].length > limits[field]) report('too-long', field);
		if (hasLoneSurrogate(texts[field])) report('bad-characters', field);
	}
	if (problems.length > 0 || !when.ok) return problems;
	seen.add(sourceNo);
	return {
		row,
		sourceNo,
		title,
		description,
		registeredAt: when.at,
		...filled(optional),
		extra: extraOf(cells, header)
	};
}

/** A ledger without titles: the first words of the content serve as one. */
function titleOf(description: string): string {
	const [first = ''] = description.trim().split(/[\r\n]/);
	return [...first.trim()].slice(0, DERIVED_TITLE).join('');
}

/** Half of a character beyond the first plane, which no encoding can carry. */
function hasLoneSurrogate(text: string): boolean {
	return /\p{Surrogate}/u.test(text);
}

function filled<T extends Record<string, string>>(texts: T): Partial<T> {
	const all = Object.entries(texts).filter(([, text]) => text.trim() !== '');
	// A subset of the entries of `texts`.
	return Object.fromEntries(all) as Partial<T>;
}

function extraOf(
	cells: SheetRow,
	header: Header<DemandField>
): readonly { readonly name: string; readonly text: string }[] {
	const used = new Set(header.columns.values());
	return cells.flatMap((cell, column) => {
		const text = cellText(cell);
		if (used.has(column) || text.trim() === '') return [];
		return [{ name: header.names[column] ?? '', text }];
	});
}
