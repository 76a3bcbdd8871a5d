// Text tables: every encoding in use, every separator, fields as written, damage named.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SheetRow } from '#domain/import/sheet.ts';
import { readTable } from '#lib/office/read-table.ts';

/** 编号,标题 / 1,路灯不亮 in GB18030. */
const GB18030 = Buffer.from('b1e0bac52cb1eacce20d0a312cc2b7b5c6b2bbc1c10d0a', 'hex');
/** 編號,標題 / 1,路燈不亮 in Big5. */
const BIG5 = Buffer.from('bd73b8b92cbcd0c3440d0a312cb8f4bf4fa4a3ab470d0a', 'hex');

async function read(bytes: Uint8Array): Promise<readonly SheetRow[] | string> {
	const found = await readTable(bytes, '表.csv');
	return found.ok ? found.sheet.rows : `${found.reason} ${found.value}`;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const rows = [
	['编号', '标题'],
	['1', '路灯不亮']
];
const text = '编号,标题\r\n1,路灯不亮\r\n';

describe('encodings', () => {
	test.each<[string, Uint8Array]>([
		['UTF-8', utf8(text)],
		['UTF-8 with its mark', utf8(`\ufeff${text}`)],
		['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
		['UTF-16 the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
		['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
		['GB18030', GB18030]
	])('%s', async (_, bytes) => {
		expect(await read(bytes)).toEqual(rows);
	});

	test.each<[string, Uint8Array, string]>([
		['Big5', BIG5, 'encoding 表.csv'],
		['UTF-8 cut within a letter', utf8(text).slice(0, -3), 'encoding 表.csv'],
		['half a UTF-16 letter', Uint8Array.of(0xff, 0xfe, 0x31), 'encoding 表.csv'],
		['zeros on both sides', Uint8Array.of(0x31, 0, 0, 0x31), 'not-a-table 表.csv'],
		['a web page', utf8('\n<html><table></table></html>'), 'not-a-table 表.csv'],
		['an XML sheet', utf8('<?xml version="1.0"?><Workbook/>'), 'not-a-table 表.csv'],
		['a PDF', utf8('%PDF-1.7'), 'not-a-table 表.csv'],
		['nothing but line ends', utf8('\r\n\r\n'), 'empty 表.csv']
	])('%s is refused', async (_, bytes, refusal) => {
		expect(await read(bytes)).toBe(refusal);
	});
});

describe('fields', () => {
	test.each([
		['commas', '编号,标题\n1,路灯不亮\n'],
		['tabs', '编号\t标题\r\n1\t路灯不亮'],
		['semicolons', '编号;标题\n1;路灯不亮\n\n\n']
	])('%s', async (_, written) => {
		expect(await read(utf8(written))).toEqual(rows);
	});

	test('a title line above, blanks and line ends within fields, doubled quotes', async () => {
		const written = '诉求台账\r\n编号,标题,内容\r\n1, 路灯 ,"\r\n\t第一行\r\n说""坏了"" "\r\n';
		expect(await read(utf8(written))).toEqual([
			['诉求台账'],
			['编号', '标题', '内容'],
			['1', ' 路灯 ', '\r\n\t第一行\r\n说"坏了" ']
		]);
	});

	test.each([
		['编号,标题\n1,路灯不亮\r\n', rows],
		['编号,标题\r\n1,路灯不亮\n2,好\n', [...rows, ['2', '好']]],
		['编号,标题\r1,路灯不亮\r', rows],
		['编号,标题\n1,"路灯\r\n不亮"\r\n', [rows[0], ['1', '路灯\r\n不亮']]],
		['编号,标题', [rows[0]]]
	])('rows that end in different ways: %j', async (written, expected) => {
		expect(await read(utf8(written))).toEqual(expected);
	});

	test('a quote that never ends is named by its row', async () => {
		expect(await read(utf8('编号,标题\n1,好\n2,"不亮\n3,好\n'))).toBe('broken-csv 3');
	});

	test('any text comes back to the letter', async () => {
		const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
		const line = fc.tuple(cell, cell, cell);
		await fc.assert(
			fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), async (lines) => {
				const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
				const written = [['编号', '标题', '内容'], ...lines]
					.map((fields) => fields.map(quoted).join(','))
					.join('\r\n');
				expect(await read(utf8(written))).toEqual([['编号', '标题', '内容'], ...lines]);
			})
		);
	});
});
