/** Rows written one batch after the other: no more of them wait in memory, or at the database. */
import type { Sql, SqlValue } from './store.ts';

/** The largest rows are of 192 KiB. */
export const ROWS_AT_ONCE = 200;

/** The columns of a table by their names. */
export type Line = Readonly<Record<string, SqlValue>>;

export async function writeRows(
	sql: Sql,
	table: string,
	rows: AsyncIterable<Line> | Iterable<Line>
): Promise<void> {
	let columns = '';
	let waiting: SqlValue[][] = [];
	const write = async () => {
		const places = waiting.map((row) => `(${row.map(() => '?').join()})`).join();
		const into = `INSERT INTO ${table} (${columns}) VALUES ${places}`;
		if (waiting.length > 0) await sql.run(into, ...waiting.flat());
		waiting = [];
	};
	for await (const row of rows) {
		const own = Object.keys(row).join();
		if (own !== columns || waiting.length === ROWS_AT_ONCE) await write();
		columns = own;
		waiting.push(Object.values(row));
	}
	await write();
}
