// Builds small .xlsx files by hand, so that a test says what stands in the XML.
import { strToU8, zipSync } from 'fflate';

export interface WorkbookParts {
	/** What stands in `<sheetData>` and after it. */
	readonly rows?: string;
	readonly after?: string;
	readonly strings?: string;
	readonly styles?: string;
	readonly workbookPr?: string;
	readonly sheets?: string;
	readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export function workbook(parts: WorkbookParts = {}): Uint8Array {
	const files: Record<string, string | Uint8Array> = {
		'_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
		'xl/workbook.xml': `<workbook>${parts.workbookPr ?? ''}<sheets>${
			parts.sheets ?? '<sheet name="表一" sheetId="1" r:id="rId1"/>'
		}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relations([
			['rId1', 'worksheet', 'worksheets/sheet1.xml'],
			['rId2', 'worksheet', '/xl/worksheets/sheet2.xml'],
			['rId3', 'sharedStrings', 'sharedStrings.xml'],
			['rId4', 'styles', 'styles.xml']
		]),
		'xl/worksheets/sheet1.xml': worksheet(parts.rows ?? '', parts.after),
		'xl/worksheets/sheet2.xml': worksheet('<row r="1"><c r="A1"><v>2</v></c></row>'),
		'xl/sharedStrings.xml': `<sst>${parts.strings ?? ''}</sst>`,
		'xl/styles.xml': `<styleSheet>${parts.styles ?? ''}</styleSheet>`,
		...parts.files
	};
	return zipSync(
		Object.fromEntries(
			Object.entries(files).map(([name, content]) => [
				name,
				typeof content === 'string' ? strToU8(DECLARATION + content) : content
			])
		)
	);
}

export function worksheet(rows: string, after = ''): string {
	return `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
}

function relations(all: readonly (readonly [id: string, type: string, target: string])[]): string {
	const each = all.map(
		([id, type, target]) =>
			`<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`
	);
	return `<Relationships>${each.join('')}</Relationships>`;
}
