/** What the preview of an import says: counts, columns, and the rows that are left out, by row. */
import type { DemandList } from '#domain/import/parse-demands.ts';
import type { ImportProblem } from '#domain/import/problem.ts';
import { m } from '#lib/i18n/index.ts';
import type { ImportPlan } from '#lib/office/demand-import.ts';

export interface CountLine {
	readonly id: 'new' | 'here' | 'undone' | 'problem' | 'conflict';
	readonly count: number;
}

/** New rows and problems are always said, the rest when there are any. */
export function countLines(list: DemandList, plan: ImportPlan): readonly CountLine[] {
	const lines: readonly CountLine[] = [
		{ id: 'new', count: plan.fresh.length },
		{ id: 'here', count: plan.here.length },
		{ id: 'undone', count: plan.undone.length },
		{ id: 'conflict', count: plan.differing.length },
		{ id: 'problem', count: rowsWithProblems(list, plan).size }
	];
	return lines.filter(({ id, count }) => id === 'new' || id === 'problem' || count > 0);
}

function rowsWithProblems(list: DemandList, plan: ImportPlan): ReadonlySet<number> {
	return new Set([...list.problems, ...plan.problems].map(({ row }) => row));
}

export interface ProblemLine {
	readonly id: string;
	readonly row: number;
	readonly words: string;
}

/** In the order of the file's rows. */
export function problemLines(list: DemandList, plan: ImportPlan): readonly ProblemLine[] {
	const problems = [...list.problems, ...plan.problems].map(line);
	const differing = plan.differing.map(({ demand }) => ({
		id: `differs-${demand.row}`,
		row: demand.row,
		words: m.secretary.import.conflictRow(demand.sourceNo)
	}));
	return [...problems, ...differing].sort((a, b) => a.row - b.row);
}

function line(problem: ImportProblem): ProblemLine {
	const { row, code, value } = problem;
	return { id: `${row}-${code}-${value}`, row, words: m.import[code](value) };
}

/** “留言编号”当作编号 */
export function columnLines({ header }: DemandList): readonly string[] {
	if (header === null) return [];
	return [...header.columns].map(([field, column]) =>
		m.secretary.import.columnAs(header.names[column] ?? '', m.import.field[field])
	);
}

/** Columns of the file that a demand has no place for. */
export function unusedColumns({ header }: DemandList): readonly string[] {
	if (header === null) return [];
	const used = new Set(header.columns.values());
	return header.names.filter((name, column) => name !== '' && !used.has(column));
}
