/** Grids in words: what one is called, its buildings, and what a change of the table changed. */
import { plainPart } from '#domain/door-parts.ts';
import { Grid, type BuildingRange, type GridProblem } from '#domain/grids.ts';
import { m, type Messages } from '#lib/i18n/index.ts';
import { buildingWords } from './building-words.ts';

export function gridName({ no, name }: Pick<Grid, 'no' | 'name'>, words: Messages = m): string {
	return words.homes.grids.called(no, name ?? '');
}

/** 梧桐里小区 1–6栋、8栋 */
export function rangeWords({ estate, buildings }: BuildingRange, words: Messages = m): string {
	const named =
		buildings === undefined
			? words.homes.grids.wholeEstate
			: runsOf(buildings.map(plainPart))
					.map((each) => buildingWords(each, words))
					.join(words.records.separator);
	return words.homes.buildingTitle(estate, named);
}

export function rangesWords({ ranges }: Pick<Grid, 'ranges'>, words: Messages = m): string {
	return ranges.map((range) => rangeWords(range, words)).join(words.homes.grids.between);
}

/** One grid of a table as a history or a dispute tells it; empty where there is none. */
export function gridWords(grid: Grid | undefined, names: ReadonlyMap<string, string>): string {
	if (grid === undefined) return '';
	const { chief } = grid;
	const parts = [
		grid.name,
		chief && m.homes.grids.ledBy(names.get(chief) ?? m.records.someone),
		rangesWords(grid)
	];
	return parts.filter(Boolean).join(m.secretary.comma) || m.homes.grids.noBuildings;
}

/** The whole table in words; null where the value is none. */
export function gridTableWords(value: unknown, names: ReadonlyMap<string, string>): string | null {
	return (
		tableOf(value)
			?.map((grid) => m.homes.grids.line(gridName({ no: grid.no }), gridWords(grid, names)))
			.join(m.homes.grids.between) ?? null
	);
}

export interface GridChange {
	readonly no: string;
	readonly from: Grid | undefined;
	readonly to: Grid | undefined;
}

/** The grids in which two tables differ. */
export function gridChanges(from: unknown, to: unknown): readonly GridChange[] {
	const [before, after] = [tableOf(from) ?? [], tableOf(to) ?? []];
	const numbers = new Set([...before, ...after].map(({ no }) => no));
	return [...numbers]
		.map((no) => ({
			no,
			from: before.find((grid) => grid.no === no),
			to: after.find((grid) => grid.no === no)
		}))
		.filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}

/** `own` is the number of the grid that the sentence is read beside. */
export function gridProblemWords(problem: GridProblem, own: string): string {
	const words = m.homes.grids;
	if (problem.code === 'same-number') return words.sameNumber(problem.no);
	const { estate, building, nos } = problem;
	const what =
		building === undefined ? estate : m.homes.buildingTitle(estate, buildingWords(building));
	const other = nos.find((no) => no !== own) ?? own;
	return words.overlap(what, gridName({ no: other }));
}

function tableOf(value: unknown): readonly Grid[] | undefined {
	return Grid.array().safeParse(value).data;
}

/** Buildings, three or more that follow each other by number as one: 1–6. */
function runsOf(buildings: readonly string[]): readonly string[] {
	const runs: string[][] = [];
	for (const building of buildings) {
		const run = runs[runs.length - 1];
		const last = run?.[run.length - 1];
		if (run && last !== undefined && follows(last, building)) run.push(building);
		else runs.push([building]);
	}
	return runs.flatMap((run) => {
		const [first, last] = [run[0], run[run.length - 1]];
		return run.length > 2 ? [`${first}–${last}`] : run;
	});
}

function follows(one: string, other: string): boolean {
	return /^\d+$/.test(one) && /^\d+$/.test(other) && Number(other) === Number(one) + 1;
}
