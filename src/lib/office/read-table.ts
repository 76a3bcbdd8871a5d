/** The door for files from outside: Excel or CSV in, one sheet out, or the reason why not. */
import type { FileRefusal } from '#domain/import/problem.ts';
import type { Sheet } from '#domain/import/sheet.ts';
import { decodeText } from './decode-text.ts';
import { dateStyles } from './excel-dates.ts';
import { runInSteps, type Watch } from './in-steps.ts';
import { openXlsx, type Workbook } from './open-xlsx.ts';
import { readCsv } from './read-csv.ts';
import { readSheetXml, readStrings } from './read-sheet-xml.ts';

export type TableRead =
	| { readonly ok: true; readonly sheet: Sheet; readonly sheetNames: readonly string[] }
	| { readonly ok: false; readonly reason: FileRefusal; readonly value: string };

export interface ReadOptions extends Watch {
	/** Which sheet of a workbook; without it the first shown one that holds anything. */
	readonly sheet?: string;
}

const SIZE_LIMIT = 20 * 1024 * 1024;

export async function readTable(
	file: Blob | ArrayBuffer | Uint8Array,
	name: string,
	options: ReadOptions = {}
): Promise<TableRead> {
	const refuse = (reason: FileRefusal, value = name): TableRead => ({ ok: false, reason, value });
	const size = file instanceof Blob ? file.size : file.byteLength;
	if (size === 0) return refuse('empty');
	if (size > SIZE_LIMIT) return refuse('too-big');
	const bytes = await bytesOf(file);
	const kind = kindOf(bytes);
	if (kind === 'xlsx') return readXlsx(bytes, refuse, options);
	if (kind !== 'text') return refuse(kind);
	const decoded = decodeText(bytes);
	if ('refused' in decoded) return refuse(decoded.refused);
	if (isMarkup(decoded.text)) return refuse('not-a-table');
	const sheet = await readCsv(decoded.text, name);
	if (options.signal?.aborted) return refuse('cancelled');
	if ('brokenAt' in sheet) return refuse('broken-csv', String(sheet.brokenAt));
	if (sheet.rows.length === 0) return refuse('empty');
	options.onProgress?.(1);
	return { ok: true, sheet, sheetNames: [name] };
}

async function bytesOf(file: Blob | ArrayBuffer | Uint8Array): Promise<Uint8Array> {
	if (file instanceof Uint8Array) return file;
	return new Uint8Array(file instanceof Blob ? await file.arrayBuffer() : file);
}

/** By the first bytes, never by the name: old files often carry a new one's ending. */
function kindOf(bytes: Uint8Array): 'xlsx' | 'text' | 'old-xls' | 'encrypted' | 'not-a-table' {
	if (startsWith(bytes, 'PK')) return 'xlsx';
	if (startsWith(bytes, '\xd0\xcf\x11\xe0')) {
		return holdsWide(bytes, 'EncryptedPackage') ? 'encrypted' : 'old-xls';
	}
	return startsWith(bytes, '%PDF') ? 'not-a-table' : 'text';
}

function startsWith(bytes: Uint8Array, letters: string): boolean {
	return [...letters].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}

/** Whether a name stands somewhere in the directory of an old compound file, in UTF-16. */
function holdsWide(bytes: Uint8Array, name: string): boolean {
	return new TextDecoder('latin1').decode(bytes).includes([...name].join('\0'));
}

/** A web page or an XML sheet under the name of a table. */
function isMarkup(text: string): boolean {
	return /^\s*<(!doctype|html|table|head|meta|div|style|\?xml)/i.test(text);
}

async function readXlsx(
	bytes: Uint8Array,
	refuse: (reason: FileRefusal, value?: string) => TableRead,
	options: ReadOptions
): Promise<TableRead> {
	try {
		const book = await openXlsx(bytes);
		if (typeof book === 'string') return refuse(book);
		return await readBook(book, refuse, options);
	} catch (cause) {
		// Neither the zip nor the XML in it could be followed: the file is broken, not the app.
		if (cause instanceof Error) return refuse('damaged');
		throw cause;
	}
}

async function readBook(
	book: Workbook,
	refuse: (reason: FileRefusal, value?: string) => TableRead,
	options: ReadOptions
): Promise<TableRead> {
	const strings = await runInSteps(readStrings(book.strings), partOf(options, 0, 0.3));
	if (strings === null) return refuse('cancelled');
	const styles = dateStyles(book.styles);
	const wanted = book.sheets.filter(({ name }) => name === (options.sheet ?? name));
	for (const { name, path } of wanted) {
		const source = { name, xml: book.sheetXml(path), strings, dateStyles: styles };
		const steps = readSheetXml({ ...source, is1904: book.is1904 });
		const sheet = await runInSteps(steps, partOf(options, 0.3, 1));
		if (sheet === null) return refuse(options.signal?.aborted ? 'cancelled' : 'too-big');
		if (sheet.rows.length === 0) continue;
		return { ok: true, sheet, sheetNames: book.sheets.map((each) => each.name) };
	}
	return refuse('empty');
}

/** Progress of one part of the work, as a share of the whole. */
function partOf({ signal, onProgress }: Watch, from: number, to: number): Watch {
	return {
		...(signal === undefined ? {} : { signal }),
		onProgress: (share) => onProgress?.(from + share * (to - from))
	};
}
