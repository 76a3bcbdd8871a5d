/** Reads a ledger without any of our own readers: the browser's XML parser, and the rules of the format by hand. */
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';

export interface SheetDemand {
	/** As Excel counts. */
	readonly row: number;
	readonly sourceNo: string;
	readonly requester: string;
	readonly title: string;
	readonly description: string;
	/** Epoch milliseconds, or null where the cell holds no date. */
	readonly at: number | null;
}

const columns = {
	sourceNo: '留言编号',
	requester: '留言用户',
	title: '留言主题',
	at: '留言时间',
	description: '留言详情'
} as const;

const HOUR = 3_600_000;
const SHANGHAI = 8 * HOUR;
/** Days from Excel's day 0 to 1970. */
const EPOCH_DAYS = 25_569;

/** The demands of the first sheet, whose first row names the columns. */
export async function readIndependently(page: Page, path: string): Promise<readonly SheetDemand[]> {
	const parts = unzipSync(readFileSync(path));
	const xml = (name: string) => new TextDecoder().decode(parts[name] ?? new Uint8Array());
	const rows = await page.evaluate(cellsOf, {
		sheet: xml('xl/worksheets/sheet1.xml'),
		strings: xml('xl/sharedStrings.xml')
	});
	const [head = []] = rows;
	const at = (name: string) => {
		const column = head.indexOf(name);
		if (column === -1) throw new Error(`independent-sheet: no column ${name}`);
		return column;
	};
	const place = {
		sourceNo: at(columns.sourceNo),
		requester: at(columns.requester),
		title: at(columns.title),
		description: at(columns.description),
		at: at(columns.at)
	};
	return rows.flatMap((cells, index) => {
		const text = (column: number) => unescaped(cells[column] ?? '');
		if (index === 0 || cells.every((cell) => (cell ?? '').trim() === '')) return [];
		return [
			{
				row: index + 1,
				sourceNo: text(place.sourceNo).trim(),
				requester: text(place.requester),
				title: text(place.title),
				description: text(place.description),
				at: momentOf(text(place.at).trim())
			}
		];
	});
}

/** Runs in the browser: the raw text of every cell, by row and column. */
function cellsOf(source: { sheet: string; strings: string }): (string | null)[][] {
	const parse = (xml: string) => new DOMParser().parseFromString(xml, 'text/xml');
	const textIn = (element: Element) =>
		[...element.getElementsByTagName('t')].map((part) => part.textContent).join('');
	const shared =
		source.strings === '' ? [] : [...parse(source.strings).getElementsByTagName('si')].map(textIn);
	const rows: (string | null)[][] = [];
	for (const row of parse(source.sheet).getElementsByTagName('row')) {
		const cells: (string | null)[] = [];
		for (const cell of row.getElementsByTagName('c')) {
			const letters = `${cell.getAttribute('r')}`.replace(/\d/g, '');
			const column = [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0) - 1;
			const value = cell.getElementsByTagName('v')[0]?.textContent ?? null;
			const type = cell.getAttribute('t');
			if (type === 's') cells[column] = shared[Number(value)] ?? null;
			else cells[column] = type === 'inlineStr' ? textIn(cell) : value;
		}
		rows[Number(row.getAttribute('r')) - 1] = Array.from(cells, (cell) => cell ?? null);
	}
	return Array.from(rows, (cells) => cells ?? []);
}

/** Characters that XML cannot hold are written as `_x000D_`. */
function unescaped(text: string): string {
	return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
		String.fromCharCode(Number.parseInt(code, 16))
	);
}

function momentOf(text: string): number | null {
	const serial = Number(text);
	if (text !== '' && Number.isFinite(serial))
		return Math.round((serial - EPOCH_DAYS) * 24 * HOUR) - SHANGHAI;
	const found = /^(\d+)[/-](\d+)[/-](\d+)(?: (\d+):(\d+)(?::(\d+))?)?$/.exec(text);
	if (!found) return null;
	const [year = 0, month = 0, day = 0, ...time] = found.slice(1).map((part) => Number(part ?? 0));
	return Date.UTC(year, month - 1, day, ...time) - SHANGHAI;
}
