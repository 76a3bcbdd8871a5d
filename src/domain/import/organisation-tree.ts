/** From listed rows to one tree: parents found, one district at the top, levels settled, circles cut off. */
import type { AboutUnit } from '../about-unit.ts';
import type { ListedLevel } from './columns-lexicon.ts';
import type { ImportProblem, RowProblem } from './problem.ts';

export interface OrganisationUnit {
	readonly code: string;
	readonly name: string;
	readonly level: ListedLevel;
	readonly parent: string | null;
	/** What else the list says of it. */
	readonly about?: AboutUnit;
}

/** A readable row; `parent` is a code or a name as written, empty at the top. */
export interface Listed {
	readonly row: number;
	readonly code: string;
	readonly name: string;
	readonly level: ListedLevel | null;
	readonly parent: string;
	readonly about?: AboutUnit;
}

export interface TreeOptions {
	/** Where the list begins with sub-districts. */
	readonly district?: { readonly name: string; readonly code: string };
	/** Codes of rows that were left out before. */
	readonly skipped: ReadonlySet<string>;
}

export interface Tree {
	readonly units: readonly OrganisationUnit[];
	readonly problems: readonly ImportProblem[];
}

/** A row with its parent's code settled; null at the top. */
type Placed = Omit<Listed, 'parent'> & { readonly parent: string | null };
type Report = (unit: Pick<Listed, 'row'>, code: RowProblem, value: string) => void;

const LEVELS: readonly ListedLevel[] = ['district', 'subdistrict', 'community'];

export function growTree(listed: readonly Listed[], { district, skipped }: TreeOptions): Tree {
	const problems: ImportProblem[] = [];
	const report: Report = ({ row }, code, value) => problems.push({ row, code, value });
	const complete = hasDistrict(listed) || !district ? listed : underDistrict(listed, district);
	if (!hasDistrict(complete)) {
		return { units: [], problems: [{ row: 0, code: 'no-district', value: '' }] };
	}
	const placed = place(complete, skipped, report);
	const byCode = new Map(placed.map((unit) => [unit.code, unit]));
	const top = chooseTop(placed, byCode, report);
	const units = layers(top, placed, report);
	const settled = new Set([...units.map(({ code }) => code), ...codesOf(problems, placed)]);
	const names = new Map(complete.map(({ code, name }) => [code, name]));
	for (const unit of placed.filter(({ code }) => !settled.has(code))) {
		if (isOnCircle(unit, byCode)) report(unit, 'cycle', unit.name);
		else report(unit, 'parent-skipped', names.get(unit.parent ?? '') ?? '');
	}
	return { units, problems };
}

/** With levels: one row is the district. Without: some row has a grandparent, so the tree has all three. */
function hasDistrict(listed: readonly Listed[]): boolean {
	if (listed.some(({ level }) => level !== null)) {
		return listed.some(({ level }) => level === 'district');
	}
	const parents = new Map(listed.flatMap((unit) => [[unit.code, unit.parent] as const]));
	return listed.some(({ parent }) => parents.has(parents.get(parent) ?? ''));
}

function underDistrict(
	listed: readonly Listed[],
	{ name, code }: { readonly name: string; readonly code: string }
): readonly Listed[] {
	const top: Listed = { row: 0, code, name, level: 'district', parent: '' };
	return [
		top,
		...listed.map((unit) =>
			unit.parent === '' && unit.level !== 'community' ? { ...unit, parent: code } : unit
		)
	];
}

function place(
	listed: readonly Listed[],
	skipped: ReadonlySet<string>,
	report: Report
): readonly Placed[] {
	const codes = new Set(listed.map(({ code }) => code));
	const codesByName = new Map<string, readonly string[]>();
	for (const { name, code } of listed) {
		codesByName.set(name, [...(codesByName.get(name) ?? []), code]);
	}
	return listed.flatMap((unit): readonly Placed[] => {
		// What stands above a district is not in the tree, whatever the list says.
		if (unit.level === 'district' || unit.parent === '') return [{ ...unit, parent: null }];
		if (codes.has(unit.parent)) return [unit];
		const [named, another] = codesByName.get(unit.parent) ?? [];
		if (named !== undefined && another === undefined) return [{ ...unit, parent: named }];
		report(unit, skipped.has(unit.parent) ? 'parent-skipped' : 'unknown-parent', unit.parent);
		return [];
	});
}

/** Of several rows without a parent the district is the one that says so, else the one with most below it. */
function chooseTop(
	placed: readonly Placed[],
	byCode: ReadonlyMap<string, Placed>,
	report: Report
): Placed | null {
	const below = new Map<string, number>();
	for (const unit of placed) {
		const root = topmost(unit, byCode);
		below.set(root.code, (below.get(root.code) ?? 0) + 1);
	}
	const rank = ({ code, level }: Placed): number =>
		(below.get(code) ?? 0) + (level === 'district' ? placed.length : 0);
	const roots = placed.filter(({ parent }) => parent === null);
	const [top, ...others] = [...roots].sort((a, b) => rank(b) - rank(a));
	for (const unit of others) {
		const isDistrict = unit.level === 'district' || unit.level === null;
		report(unit, isDistrict ? 'several-districts' : 'blank-parent', unit.name);
	}
	return top ?? null;
}

/** From the top downwards, level by level; what stands at another depth than it says is left out. */
function layers(
	top: Placed | null,
	placed: readonly Placed[],
	report: Report
): readonly OrganisationUnit[] {
	const children = new Map<string | null, Placed[]>();
	for (const unit of placed) {
		const siblings = children.get(unit.parent) ?? [];
		siblings.push(unit);
		children.set(unit.parent, siblings);
	}
	const units: OrganisationUnit[] = [];
	let layer = top === null ? [] : [top];
	for (const level of LEVELS) {
		const isGood = (unit: Placed): boolean => unit.level === null || unit.level === level;
		const good = layer.filter(isGood);
		for (const unit of layer) {
			if (!isGood(unit)) report(unit, 'wrong-level', unit.name);
		}
		units.push(
			...good.map(({ code, name, parent, about }) => ({
				code,
				name,
				level,
				parent,
				...(about === undefined ? {} : { about })
			}))
		);
		layer = good.flatMap(({ code }) => children.get(code) ?? []);
	}
	for (const unit of layer) report(unit, 'too-deep', unit.name);
	return units;
}

function codesOf(problems: readonly ImportProblem[], placed: readonly Placed[]): readonly string[] {
	const rows = new Set(problems.map(({ row }) => row));
	return placed.filter(({ row }) => rows.has(row)).map(({ code }) => code);
}

/** The last one on the way up; in a circle, the one before it closes. */
function topmost(unit: Placed, byCode: ReadonlyMap<string, Placed>): Placed {
	const seen = new Set([unit.code]);
	let last = unit;
	for (;;) {
		const next = last.parent === null ? undefined : byCode.get(last.parent);
		if (next === undefined || seen.has(next.code)) return last;
		seen.add(next.code);
		last = next;
	}
}

function isOnCircle(unit: Placed, byCode: ReadonlyMap<string, Placed>): boolean {
	return topmost(unit, byCode).parent === unit.code;
}
