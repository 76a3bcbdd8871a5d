/** Reads the lists the founding command is given: CSV in UTF-8 or GB 18030, or XLSX, as rows of cells. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { findHeader } from '#domain/import/find-header.ts';
import { parseOrganisations, type OrganisationList } from '#domain/import/parse-organisations.ts';
import { cellText, isBlankRow, type Cell, type Sheet } from '#domain/import/sheet.ts';
import { personColumns, roleWords, type PersonField } from './people-lexicon.ts';

export interface ListedPerson {
	readonly row: number;
	readonly name: string;
	readonly phone?: string;
	readonly role: keyof typeof roleWords;
	/** Code or name of an organisation, as written. */
	readonly org: string;
}

export async function readOrganisations(path: string, district: string): Promise<OrganisationList> {
	return parseOrganisations(await readSheet(path), { district: { name: district } });
}

/** Throws one sentence that names the row that cannot be read. */
export async function readPeople(path: string): Promise<readonly ListedPerson[]> {
	const sheet = await readSheet(path);
	const header = findHeader(sheet, personColumns);
	if (header === null || header.missing.length > 0) {
		const missing = header?.missing.join(', ') ?? 'name, role, org';
		throw new Error(`${path}: no column for ${missing}`);
	}
	return sheet.rows.flatMap((cells, index): ListedPerson[] => {
		if (index <= header.row || isBlankRow(cells)) return [];
		const row = index + 1;
		const field = (name: PersonField): string => {
			const column = header.columns.get(name);
			return column === undefined ? '' : cellText(cells[column]).normalize('NFKC').trim();
		};
		const role = roleOf(field('role'));
		if (role === null) throw new Error(`${path}, row ${row}: unknown role "${field('role')}"`);
		if (field('name') === '') throw new Error(`${path}, row ${row}: no name`);
		const phone = field('phone');
		return [{ row, name: field('name'), role, org: field('org'), ...(phone && { phone }) }];
	});
}

async function readSheet(path: string): Promise<Sheet> {
	const name = basename(path);
	const bytes = readFileSync(path);
	const rows = name.toLowerCase().endsWith('.xlsx') ? await xlsxRows(bytes) : csvRows(bytes);
	return { name, rows, merges: [] };
}

async function xlsxRows(bytes: Buffer): Promise<Cell[][]> {
	const [sheet] = await readXlsx(bytes);
	return (sheet?.data ?? []).map((row) =>
		row.map((cell): Cell => {
			if (cell instanceof Date) return { date: cell.toISOString().slice(0, 19) };
			return typeof cell === 'number' || typeof cell === 'boolean' || cell === null
				? cell
				: String(cell);
		})
	);
}

function csvRows(bytes: Buffer): Cell[][] {
	const { data } = papa.parse<string[]>(textOf(bytes), { skipEmptyLines: false });
	return data.map((row) => row.map((cell) => (cell === '' ? null : cell)));
}

/** Excel in China writes CSV in GB 18030 unless told otherwise. */
function textOf(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		if (cause instanceof TypeError) return new TextDecoder('gb18030').decode(bytes);
		throw cause;
	}
}

function roleOf(word: string): ListedPerson['role'] | null {
	for (const [role, words] of Object.entries(roleWords)) {
		// The table's keys are the roles.
		if (words.includes(word)) return role as ListedPerson['role'];
	}
	return null;
}
