// Excel files: texts to the letter, dates as the wall clock, merged cells, odd writers, bad files.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { Sheet } from '#domain/import/sheet.ts';
import { readTable, type ReadOptions } from '#lib/office/read-table.ts';
import { workbook, worksheet, type WorkbookParts } from './workbook.ts';

const sheet1 = 'xl/worksheets/sheet1.xml';

async function sheetOf(parts: WorkbookParts, options?: ReadOptions): Promise<Sheet> {
	const read = await readTable(workbook(parts), '台账.xlsx', options);
	if (!read.ok) throw new Error(read.reason);
	return read.sheet;
}

async function refusalOf(file: Uint8Array, options?: ReadOptions): Promise<string> {
	const read = await readTable(file, '台账.xlsx', options);
	return read.ok ? 'ok' : read.reason;
}

const inline = (text: string): string => `<row><c t="inlineStr"><is><t>${text}</t></is></c></row>`;
const escaped = (text: string): string =>
	text.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_').replace(
		// What XML cannot hold, and what it would change.
		// eslint-disable-next-line no-control-regex -- these are the characters a sheet must escape
		/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff&<>]/g,
		(letter) =>
			'&<>'.includes(letter)
				? `&#${letter.charCodeAt(0)};`
				: `_x${letter.charCodeAt(0).toString(16).padStart(4, '0')}_`
	);

describe('texts', () => {
	test('line ends, tabs and blanks at both ends stay', async () => {
		const { rows } = await sheetOf({
			rows: inline('_x000d_\n\t 楼下路灯不亮 _x000D_\n\t') + inline('&#13;\n&#9;好')
		});
		expect(rows).toEqual([['\r\n\t 楼下路灯不亮 \r\n\t'], ['\r\n\t好']]);
	});

	test('a stored CR LF is one line feed, as XML says', async () => {
		expect((await sheetOf({ rows: inline('一\r\n二\r三') })).rows).toEqual([['一\n二\n三']]);
	});

	test('escapes, entities, CDATA and comments', async () => {
		const { rows } = await sheetOf({
			rows:
				inline('_x005F_x000D_ &lt;b&gt; &amp;amp; &quot;&apos; &#x4e2d;&#20013; &unknown;') +
				inline('<![CDATA[<a href="x">&amp;</a>]]>和<!-- 不算 -->后文') +
				inline('_x00 _xZZZZ_ x000D')
		});
		expect(rows).toEqual([
			['_x000D_ <b> &amp; "\' 中中 &unknown;'],
			['<a href="x">&amp;</a>和后文'],
			['_x00 _xZZZZ_ x000D']
		]);
	});

	test('shared and rich texts, without the readings above them; texts of formulas', async () => {
		const { rows } = await sheetOf({
			strings:
				'<si><t xml:space="preserve"> 一 </t></si>' +
				'<si><r><rPr><b/></rPr><t>二</t></r><r><t> 三_x000D_\n</t></r><rPh sb="0" eb="1"><t>er</t></rPh></si>' +
				'<si><t/></si><si/>',
			rows:
				'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c>' +
				'<c r="D1" t="s"><v>3</v></c><c r="E1" t="str"><f>A1&amp;"x"</f><v>四_x000d_\n</v></c></row>'
		});
		expect(rows).toEqual([['二 三\r\n', ' 一 ', null, null, '四\r\n']]);
	});

	test('any text comes back to the letter', async () => {
		const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
		const marks = fc.constantFrom('\r', '\n', '\t', ' ', '&', '<', '_x000D_', '_', 'x');
		const text = fc.string({ unit: fc.oneof(unit, marks), minLength: 1, maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(text, async (written) => {
				const { rows } = await sheetOf({ rows: inline(escaped(written)) });
				expect(rows).toEqual([[written]]);
			})
		);
	});

	test('what a common writer writes, it gives back', async () => {
		const texts = [' 前后有空格 ', '第一行\n第二行\t', '<p>&amp;</p>', '𠮷野家'];
		const file = await writeExcelFile([
			[{ value: '编号' }, { value: '登记时间' }],
			...texts.map((value) => [
				{ value },
				{ value: new Date('2026-11-24T09:30:00Z'), format: 'yyyy-mm-dd hh:mm' }
			])
		]).toBuffer();
		const read = await readTable(new Uint8Array(file), '台账.xlsx');
		expect(read.ok && read.sheet.rows).toEqual([
			['编号', '登记时间'],
			...texts.map((text) => [text, { date: '2026-11-24T09:30:00' }])
		]);
	});
});

describe('numbers, dates, others', () => {
	const styles =
		'<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
		'<numFmt numFmtId="177" formatCode="[Red]#,##0.00_);&quot;days&quot;"/><numFmt numFmtId="178" formatCode="[h]:mm"/>' +
		'<numFmt numFmtId="60" formatCode="yyyy/m/d h:mm:ss"/></numFmts>' +
		'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/>' +
		'<xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="60"/><xf numFmtId="49"/></cellXfs>';
	const cell = async (attributes: string, value: string, parts = {}): Promise<unknown> => {
		const rows = `<row><c ${attributes}><v>${value}</v></c></row>`;
		return (await sheetOf({ styles, rows, ...parts })).rows[0]?.[0];
	};

	test.each<[string, string, unknown]>([
		['', '188006', 188006],
		['', '1.38E+10', 13_800_000_000],
		['', '310113000001000002', '310113000001000002'],
		['s="7"', '42', 42],
		['s="4"', '43693.5', 43693.5],
		['s="0"', '43693.5', 43693.5],
		['s="1"', '43701', { date: '2019-08-24T00:00:00' }],
		['s="2"', '43701', { date: '2019-08-24T00:00:00' }],
		['s="3"', '43701.25', { date: '2019-08-24T06:00:00' }],
		['s="6"', '43693.5975231481', { date: '2019-08-16T14:20:26' }],
		['s="6"', '43693.597524', { date: '2019-08-16T14:20:26.074' }],
		['s="6"', '59', { date: '1900-02-28T00:00:00' }],
		['s="6"', '61', { date: '1900-03-01T00:00:00' }],
		['s="6"', '-1', -1],
		['t="d"', '2019-08-16T14:20:26.5Z', { date: '2019-08-16T14:20:26.5' }],
		['t="d"', '2019-08-16', { date: '2019-08-16T00:00:00' }],
		['t="b"', '1', true],
		['t="b"', '0', false],
		['t="e"', '#N/A', '#N/A']
	])('%s %s', async (attributes, value, expected) => {
		expect(await cell(attributes, value)).toEqual(expected);
	});

	test('a workbook that counts from 1904', async () => {
		const workbookPr = '<workbookPr date1904="1"/>';
		expect(await cell('s="1"', '42239', { workbookPr })).toEqual({ date: '2019-08-24T00:00:00' });
	});

	test('every second of a day survives the fifteen digits Excel keeps', async () => {
		const seconds = Array.from({ length: 86_400 / 7 }, (_, n) => n * 7);
		const serials = seconds.map((second) => (43_693 + second / 86_400).toPrecision(15));
		const rows = serials.map((serial) => `<row><c s="6"><v>${serial}</v></c></row>`).join('');
		const sheet = await sheetOf({ styles, rows });
		expect(sheet.rows).toEqual(
			seconds.map((second) => [
				{ date: new Date(Date.UTC(2019, 7, 16) + second * 1000).toISOString().slice(0, 19) }
			])
		);
	});
});

describe('the grid', () => {
	test('places are kept, empty ends cut, cells without an address counted', async () => {
		const { rows } = await sheetOf({
			rows:
				'<row r="2"><c r="C2"><v>3</v></c><c><v>4</v></c></row><row r="4"><c r="A4"/><c r="B4"><v/></c></row>' +
				'<row><c><v>5</v></c></row><row r="9"/>'
		});
		expect(rows).toEqual([[], [null, null, 3, 4], [], [], [5]]);
	});

	test('a merged block holds its value once', async () => {
		const { rows, merges } = await sheetOf({
			rows:
				'<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>' +
				'<row><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c></row>',
			after: '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
		});
		expect(rows).toEqual([
			[1, null, 3],
			[null, null, 6]
		]);
		expect(merges).toEqual([{ top: 0, left: 0, bottom: 1, right: 1 }]);
	});

	test('the first shown sheet that holds anything, or the one asked for', async () => {
		const sheets =
			'<sheet name="藏" state="hidden" r:id="rId2"/><sheet name="空" r:id="rId1"/><sheet name="满" r:id="rId2"/>';
		const read = await readTable(workbook({ sheets }), '台账.xlsx');
		expect(read).toMatchObject({ ok: true, sheet: { name: '满' }, sheetNames: ['空', '满'] });
		expect(await refusalOf(workbook({ sheets }), { sheet: '空' })).toBe('empty');
	});

	test('names with a prefix, parts in UTF-16, paths with backslashes', async () => {
		const xml = worksheet(inline('好')).replaceAll('<', '<x:').replaceAll('<x:/', '</x:');
		const wide = new Uint8Array(Buffer.from(`\ufeff${xml}`, 'utf16le'));
		expect((await sheetOf({ files: { [sheet1]: wide } })).rows).toEqual([['好']]);
	});
});

describe('files that cannot be read', () => {
	test.each<[string, Uint8Array, string]>([
		['nothing', new Uint8Array(), 'empty'],
		['no cells', workbook(), 'empty'],
		['more than 20 MB', new Uint8Array(20 * 1024 * 1024 + 1), 'too-big'],
		['an old .xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'old-xls'],
		['a password', compound('EncryptedPackage'), 'encrypted'],
		['a torn zip', workbook({ rows: inline('好') }).slice(0, 400), 'damaged'],
		['a torn sheet', workbook({ rows: '<row><c' }), 'damaged'],
		[
			'a sheet without an end',
			workbook({ files: { [sheet1]: '<worksheet><sheetData>' } }),
			'damaged'
		],
		['a missing shared text', workbook({ rows: '<row><c t="s"><v>7</v></c></row>' }), 'damaged'],
		[
			'a row beyond all rows',
			workbook({ rows: '<row r="9999999"><c><v>1</v></c></row>' }),
			'damaged'
		],
		['bytes that are no UTF-8', workbook({ files: brokenSheet() }), 'damaged'],
		[
			'a picture',
			Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 0, 1, 0, 2),
			'not-a-table'
		]
	])('%s', async (_, file, reason) => {
		expect(await refusalOf(file)).toBe(reason);
	});

	test('another kind of document in a zip', async () => {
		const relations =
			'<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>';
		const files = { '_rels/.rels': relations };
		expect(await refusalOf(workbook({ files }))).toBe('not-a-table');
		const binary = { '_rels/.rels': relations.replace('word/document.xml', 'xl/workbook.bin') };
		expect(await refusalOf(workbook({ files: binary }))).toBe('not-a-table');
	});

	function compound(name: string): Uint8Array {
		const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
		return Uint8Array.of(...magic, ...Buffer.alloc(120), ...Buffer.from(name, 'utf16le'), 0, 0);
	}

	function brokenSheet(): Record<string, Uint8Array> {
		return {
			'xl/worksheets/sheet1.xml': Uint8Array.of(0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e)
		};
	}
});

test('a long sheet tells how far it is, and stops when asked to', async () => {
	const rows = Array.from({ length: 20_000 }, (_, n) => inline(`第 ${n} 行`)).join('');
	const shares: number[] = [];
	const file = workbook({ rows });
	const read = await readTable(new Blob([new Uint8Array(file)]), '长.xlsx', {
		onProgress: (share) => shares.push(share)
	});
	expect(read.ok && read.sheet.rows.length).toBe(20_000);
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	expect(shares[shares.length - 1]).toBe(1);
	const stop = new AbortController();
	const signal = stop.signal;
	expect(await refusalOf(file, { signal, onProgress: () => stop.abort() })).toBe('cancelled');
});
