/** Excel's dates are counts of days with a date format: which formats those are, and what the wall clock showed. */
import type { DateCell } from '#domain/import/sheet.ts';
import { DAY } from '#domain/spans.ts';
import { attributeOf, xmlTokens } from './xml-tokens.ts';

const DAYS_1904 = 1462;
/** Excel believes in a 29 February 1900: days before it are one less. */
const FALSE_LEAP_DAY = 60;
const LAST_DAY = 2_958_466;

/** For each cell style of a workbook, whether it shows numbers as dates. */
export function dateStyles(stylesXml: string): readonly boolean[] {
	const custom = new Map<string, string>();
	const styles: boolean[] = [];
	let isInCells = false;
	for (const token of xmlTokens(stylesXml)) {
		if (token.is === 'text') continue;
		if (token.name === 'cellXfs') isInCells = token.is === 'open';
		if (token.is === 'close') continue;
		if (token.name === 'numFmt') {
			const id = attributeOf(token.attributes, 'numFmtId') ?? '';
			custom.set(id, attributeOf(token.attributes, 'formatCode') ?? '');
		}
		if (token.name === 'xf' && isInCells) {
			const id = attributeOf(token.attributes, 'numFmtId') ?? '0';
			const format = custom.get(id);
			styles.push(format === undefined ? isBuiltInDate(Number(id)) : isDateFormat(format));
		}
	}
	return styles;
}

/** Null for a count that is no date. */
export function dateCell(
	serial: number,
	{ is1904 }: { readonly is1904: boolean }
): DateCell | null {
	const days = is1904 ? serial + DAYS_1904 : serial;
	if (!(days >= 0 && days < LAST_DAY)) return null;
	const first = Date.UTC(1899, 11, days < FALSE_LEAP_DAY ? 31 : 30);
	const moment = new Date(first + Math.round(days * DAY)).toISOString();
	return { date: moment.slice(0, moment.endsWith('.000Z') ? 19 : 23) };
}

/** The formats that every Excel knows by number, the Chinese ones among them. */
function isBuiltInDate(id: number): boolean {
	return (
		(id >= 14 && id <= 22) ||
		(id >= 27 && id <= 36) ||
		(id >= 45 && id <= 47) ||
		(id >= 50 && id <= 58)
	);
}

/** A format with a year, month, day, hour or second in it, once its texts, colours and fillers are gone. */
function isDateFormat(format: string): boolean {
	const bare = format
		.replace(/"[^"]*"|\\.|[_*]./g, '')
		.replace(/\[(h+|m+|s+)\]/gi, '$1')
		.replace(/\[[^\]]*\]/g, '');
	return /[ymdhs]/i.test(bare) && !/general/i.test(bare);
}
