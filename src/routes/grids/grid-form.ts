/** The form of one grid: its number, who leads it, its buildings ticked estate by estate. */
import { plainPart } from '#domain/door-parts.ts';
import { PersonId } from '#domain/ids.ts';
import { gridOf, gridProblems, type BuildingRange, type Grid } from '#domain/grids.ts';
import { buildingWords } from '#lib/homes/building-words.ts';
import { collator, type Estate } from '#lib/homes/buildings.ts';
import { gridName, gridProblemWords } from '#lib/homes/grid-words.ts';
import { withGrid } from '#lib/homes/grids.ts';
import { m } from '#lib/i18n/index.ts';
import type { FieldError, Option } from '#lib/ui/field.ts';

/** The tick for an estate as a whole; a building's is its name behind a sign that stands in none alone. */
export const WHOLE = 'whole';
const mark = (building: string): string => `=${building}`;

export interface GridFields {
	no: string;
	name: string;
	chief: string;
	/** What is ticked of each estate. */
	ticked: Record<string, string[]>;
}

const LONGEST = { no: 20, name: 40 } as const;

/** Estates of the register, and those that the grid names though no door stands there any more. */
export function estatesAsked(
	estates: readonly Estate[],
	grid: Grid | undefined
): readonly { readonly estate: string; readonly buildings: readonly string[] }[] {
	const asked = new Map(
		estates.map(({ estate, buildings }) => [estate, buildings.map(({ building }) => building)])
	);
	for (const { estate, buildings = [] } of grid?.ranges ?? []) {
		const known = asked.get(estate) ?? [];
		asked.set(estate, [...new Set([...known, ...buildings.map(plainPart)])]);
	}
	return [...asked].map(([estate, buildings]) => ({ estate, buildings }));
}

export function gridFields(grid: Grid | undefined, estates: readonly string[]): GridFields {
	const ticked = estates.map((estate): [string, string[]] => {
		const range = grid?.ranges.find((each) => each.estate === estate);
		if (range === undefined) return [estate, []];
		const marks = range.buildings?.map(plainPart).map(mark) ?? [WHOLE];
		return [estate, [...new Set(marks)]];
	});
	return {
		no: grid?.no ?? '',
		name: grid?.name ?? '',
		chief: grid?.chief ?? '',
		ticked: Object.fromEntries(ticked)
	};
}

/** The buildings to tick, each that stands in another grid saying so. */
export function ticks(
	{ estate, buildings }: { readonly estate: string; readonly buildings: readonly string[] },
	others: readonly Grid[]
): readonly Option<string>[] {
	const words = m.homes.grids;
	return [
		{ value: WHOLE, words: words.wholeEstate },
		...buildings.map((building) => {
			const other = gridOf(others, { estate, building });
			const name = buildingWords(building);
			return {
				value: mark(building),
				words: other === undefined ? name : words.inOther(name, gridName({ no: other.no }))
			};
		})
	];
}

export function gridSaid({ no, name, chief, ticked }: GridFields): Grid {
	const ranges = Object.entries(ticked).flatMap(([estate, ticks]): BuildingRange[] => {
		if (ticks.length === 0) return [];
		if (ticks.includes(WHOLE)) return [{ estate }];
		return [{ estate, buildings: ticks.map((each) => each.slice(1)).sort(collator.compare) }];
	});
	return {
		no: no.trim(),
		...(name.trim() === '' ? {} : { name: name.trim() }),
		...(chief === '' ? {} : { chief: PersonId.parse(chief) }),
		ranges
	};
}

/** What is to be mended before the table would hold. */
export function gridErrors(form: GridFields, others: readonly Grid[]): readonly FieldError[] {
	const words = m.homes.grids;
	const errors: FieldError[] = [];
	const names = { no: words.no, name: words.name };
	if (form.no.trim() === '') return [{ field: 'no', message: words.noMissing }];
	for (const field of ['no', 'name'] as const)
		if (form[field].trim().length > LONGEST[field])
			errors.push({ field, message: m.homes.form.tooLong(names[field], LONGEST[field]) });
	const estates = Object.keys(form.ticked);
	for (const problem of gridProblems(withGrid(others, undefined, gridSaid(form)))) {
		const field = problem.code === 'same-number' ? 'no' : fieldOf(estates.indexOf(problem.estate));
		errors.push({ field, message: gridProblemWords(problem, form.no.trim()) });
	}
	return errors;
}

/** The id of an estate's ticks. */
export function fieldOf(at: number): string {
	return `estate-${at}`;
}
