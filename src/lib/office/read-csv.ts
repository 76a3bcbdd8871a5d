/** Reads text separated by commas, tabs, semicolons or bars, every field as written. */
import type { Sheet } from '#domain/import/sheet.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** Rows looked at to tell the delimiter. */
const TRIED = 50;

export async function readCsv(
	text: string,
	name: string
): Promise<Sheet | { readonly brokenAt: number }> {
	const { default: papa } = await import('papaparse');
	const { written, newline } = lineEnds(text);
	const scores = DELIMITERS.map((delimiter) =>
		regularity(papa.parse<string[]>(written, { delimiter, newline, preview: TRIED }).data)
	);
	const delimiter = DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ',';
	const { data, errors } = papa.parse<string[]>(written, { delimiter, newline });
	const broken = errors.find(({ type }) => type === 'Quotes');
	if (broken !== undefined) return { brokenAt: (broken.row ?? 0) + 1 };
	const rows = data.map((cells) => cells.map((cell) => (cell === '' ? null : cell)));
	while (rows.length > 0 && rows[rows.length - 1]?.every((cell) => cell === null)) rows.pop();
	return { name, rows, merges: [] };
}

/** How many rows agree on having several fields; more fields decide between equals. */
function regularity(rows: readonly (readonly string[])[]): number {
	const counts = new Map<number, number>();
	for (const { length } of rows) {
		if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
	}
	return Math.max(0, ...[...counts].map(([fields, rowCount]) => rowCount + fields / 1000));
}

/** How rows end. Where a file was pasted together and they end differently, they are made the same. */
function lineEnds(text: string): {
	readonly written: string;
	readonly newline: '\r\n' | '\n' | '\r';
} {
	// Every other piece lies within quotes, where a line end belongs to the text.
	const pieces = text.split('"');
	const outside = pieces.filter((_, index) => index % 2 === 0).join('"');
	const kinds = new Set(outside.match(/\r\n|\n|\r/g));
	for (const newline of ['\r\n', '\n', '\r'] as const) {
		if (kinds.size === 1 && kinds.has(newline)) return { written: text, newline };
	}
	const same = pieces.map((piece, index) =>
		index % 2 === 0 ? piece.replace(/\r\n?/g, '\n') : piece
	);
	return { written: same.join('"'), newline: '\n' };
}
