/**
 * Reads a list of districts, sub-districts and communities, clean or dirty. Good rows are kept, every other row
 * is reported with its number. Parents and levels that are not written are read off the 统计用区划代码, or off the
 * depth in the tree.
 */
import { aboutFields, AboutUnit, isTooLong } from '../about-unit.ts';
import { LONGEST_NAME } from '../kinds/organisation.ts';
import {
	deletedWords,
	levelWords,
	organisationColumns,
	type ListedLevel,
	type OrganisationField
} from './columns-lexicon.ts';
import { DIVISION } from './division.ts';
import { findHeader, isRepeatedHeader, type Header } from './find-header.ts';
import { growTree, type Listed, type OrganisationUnit } from './organisation-tree.ts';
import type { ImportProblem, RowProblem } from './problem.ts';
import { cellText, isBlankRow, type Sheet, type SheetRow } from './sheet.ts';

export interface OrganisationList {
	/** Parents before children, otherwise in the order of the file. */
	readonly units: readonly OrganisationUnit[];
	readonly problems: readonly ImportProblem[];
	/** Rows below the header that hold anything. */
	readonly rowsIn: number;
}

export interface OrganisationOptions {
	/** The district itself, where the list begins with its sub-districts. */
	readonly district?: { readonly name: string; readonly code?: string };
}

const CODE = /^[0-9A-Za-z-]{1,40}$/;
const SCIENTIFIC = /^\d(\.\d+)?e\+?\d+$/i;

export function parseOrganisations(
	sheet: Sheet,
	options: OrganisationOptions = {}
): OrganisationList {
	const header = findHeader(sheet, organisationColumns);
	if (header === null) {
		return { units: [], problems: [{ row: 0, code: 'no-header', value: sheet.name }], rowsIn: 0 };
	}
	const rows = sheet.rows
		.map((cells, index) => ({ cells, row: index + 1 }))
		.filter(({ cells, row }) => row > header.row + 1 && !isBlankRow(cells))
		.filter(({ cells }) => !isRepeatedHeader(header, cells));
	const hasDivisions = areMostlyDivisions(rows.map(({ cells }) => fieldOf(header, cells, 'code')));
	const missing: OrganisationField[] = [...header.missing];
	if (!header.columns.has('parent') && !hasDivisions) missing.push('parent');
	if (missing.length > 0) {
		const problems = missing.map((value) => ({ row: 0, code: 'missing-column', value }) as const);
		return { units: [], problems, rowsIn: rows.length };
	}
	const { listed, problems, skipped } = readRows(rows, header, hasDivisions);
	const district = options.district && { code: districtCode(listed), ...options.district };
	const tree = growTree(listed, { skipped, ...(district === undefined ? {} : { district }) });
	return {
		units: tree.units,
		problems: [...problems, ...tree.problems].sort((a, b) => a.row - b.row),
		rowsIn: rows.length
	};
}

interface NumberedRow {
	readonly cells: SheetRow;
	readonly row: number;
}

interface Refused {
	readonly problem: RowProblem;
	readonly value: string;
}

function readRows(
	rows: readonly NumberedRow[],
	header: Header<OrganisationField>,
	hasDivisions: boolean
): { listed: Listed[]; problems: ImportProblem[]; skipped: Set<string> } {
	const listed: Listed[] = [];
	const problems: ImportProblem[] = [];
	const skipped = new Set<string>();
	const seen = new Set<string>();
	for (const { cells, row } of rows) {
		const read = readRow(cells, row, header, hasDivisions);
		if ('problem' in read) {
			problems.push({ row, code: read.problem, value: read.value });
			skipped.add(codeOf(fieldOf(header, cells, 'code'), hasDivisions));
			continue;
		}
		if (seen.has(read.code)) {
			problems.push({ row, code: 'duplicate-code', value: read.code });
			continue;
		}
		seen.add(read.code);
		listed.push(read);
	}
	return { listed, problems, skipped };
}

function readRow(
	cells: SheetRow,
	row: number,
	header: Header<OrganisationField>,
	hasDivisions: boolean
): Listed | Refused {
	const field = (name: OrganisationField): string => fieldOf(header, cells, name);
	const name = field('name');
	if (deletedWords.includes(field('deleted').toLowerCase())) {
		return { problem: 'deleted', value: name };
	}
	const written = aboutFields.map((each) => [each, field(each)] as const);
	const long = written.find(([each, text]) => isTooLong(each, text));
	const refused =
		codeProblem(field('code')) ??
		nameProblem(name) ??
		(long ? ({ problem: 'too-long', value: long[0] } as const) : null);
	if (refused !== null) return refused;
	const listed = levelOf(field('level'));
	if (listed === null && field('level') !== '') {
		return { problem: 'unknown-level', value: field('level') };
	}
	const code = codeOf(field('code'), hasDivisions);
	const isDivision = hasDivisions && DIVISION.test(code);
	const level = listed ?? (isDivision ? divisionLevel(code) : null);
	const about = aboutOf(written);
	const unit = { row, code, name, level, ...(about === null ? {} : { about }) };
	if (header.columns.has('parent')) {
		return { ...unit, parent: codeOf(field('parent'), hasDivisions) };
	}
	if (!isDivision) return { problem: 'bad-code', value: code };
	return { ...unit, parent: divisionParent(code) };
}

/** What the list says besides; null where it says nothing. */
function aboutOf(written: readonly (readonly [string, string])[]): AboutUnit | null {
	const said = written.filter(([, text]) => text !== '');
	return said.length === 0 ? null : AboutUnit.parse(Object.fromEntries(said));
}

function codeProblem(code: string): Refused | null {
	if (code === '') return { problem: 'blank-code', value: '' };
	if (SCIENTIFIC.test(code)) return { problem: 'code-lost', value: code };
	return CODE.test(code) ? null : { problem: 'bad-code', value: code };
}

function nameProblem(name: string): Refused | null {
	if (name === '') return { problem: 'blank-name', value: '' };
	return name.length > LONGEST_NAME ? { problem: 'name-too-long', value: name } : null;
}

/** Names and codes are labels: blanks around them, full-width digits and Excel's leading ' are not part of them. */
function fieldOf(
	header: Header<OrganisationField>,
	cells: SheetRow,
	field: OrganisationField
): string {
	const column = header.columns.get(field);
	if (column === undefined) return '';
	const text = cellText(cells[column]).trim();
	if (field === 'name' || aboutFields.some((each) => each === field))
		return text.replace(/\s+/g, ' ');
	return text.normalize('NFKC').replace(/^'|\s/g, '');
}

function levelOf(text: string): ListedLevel | null {
	const word = text.toLowerCase();
	for (const level of ['district', 'subdistrict', 'community'] as const) {
		if (levelWords[level].includes(word)) return level;
	}
	return null;
}

function areMostlyDivisions(codes: readonly string[]): boolean {
	return codes.filter((code) => DIVISION.test(code)).length * 2 > codes.length;
}

/** 统计用区划代码 in its full twelve digits; any other code or name as it is. */
function codeOf(text: string, hasDivisions: boolean): string {
	return hasDivisions && DIVISION.test(text) ? text.padEnd(12, '0') : text;
}

function divisionLevel(code: string): ListedLevel {
	if (code.endsWith('000000')) return 'district';
	return code.endsWith('000') ? 'subdistrict' : 'community';
}

function divisionParent(code: string): string {
	switch (divisionLevel(code)) {
		case 'district':
			return '';
		case 'subdistrict':
			return code.slice(0, 6).padEnd(12, '0');
		case 'community':
			return code.slice(0, 9).padEnd(12, '0');
	}
}

/** The code of the district that a list of its parts belongs to. */
function districtCode(listed: readonly Listed[]): string {
	const part = listed.find(({ code }) => DIVISION.test(code));
	return part === undefined ? 'district' : part.code.slice(0, 6).padEnd(12, '0');
}
