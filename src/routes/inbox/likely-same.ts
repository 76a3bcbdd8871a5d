/** Finds demands that may be about the same thing, with reasons a person can check; merging stays human. */
import { isSameBuilding, isSameUnit } from '#domain/door-parts.ts';
import type { DemandRow } from '#domain/kinds/demand.ts';
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m } from '#lib/i18n/index.ts';

export interface Likely {
	readonly row: DemandRow;
	readonly reasons: readonly string[];
	readonly score: number;
}

export type Doors = ReadonlyMap<string, HouseholdRow>;
export type Homes = ReadonlyMap<string, { readonly row: HouseholdRow }>;

/** Before the first answer of which doors the demands stand at. */
export const noHomes: Homes = new Map();

export function doorsOf(homes: Homes): Doors {
	return new Map([...homes].map(([record, { row }]) => [record, row]));
}

/** Below this a title and another share too few pairs of characters to be worth a look. */
const NEAR = 0.34;
const SAME_WORDS = 0.6;

/** The likeliest first, at most `limit`; what is neither near in place nor near in words is left out. */
export function likelySame(
	about: DemandRow,
	others: Iterable<DemandRow>,
	doors: Doors,
	limit = 2
): readonly Likely[] {
	const found: Likely[] = [];
	for (const row of others) {
		if (row.record === about.record) continue;
		const likely = compare(about, row, doors);
		if (likely !== undefined) found.push(likely);
	}
	return found.sort((a, b) => b.score - a.score).slice(0, limit);
}

function compare(about: DemandRow, row: DemandRow, doors: Doors): Likely | undefined {
	const place = samePlace(about, row, doors);
	if (place === 'elsewhere') return undefined;
	const near = similarity(about.title, row.title);
	const enough =
		near >= SAME_WORDS ||
		(place !== undefined && near >= NEAR) ||
		(place?.is === 'household' && near >= NEAR / 2);
	if (!enough) return undefined;
	const shared = sharedWord(about.title, row.title);
	return {
		row,
		score: near + (place?.weight ?? 0),
		reasons: [
			...(place === undefined ? [] : [place.words]),
			...(near >= SAME_WORDS ? [m.secretary.duplicate.sameTitle] : []),
			...(near < SAME_WORDS && shared !== undefined ? [m.secretary.duplicate.bothSay(shared)] : [])
		]
	};
}

interface SamePlace {
	readonly is: 'household' | 'unit' | 'building' | 'place';
	readonly words: string;
	readonly weight: number;
}

/** `elsewhere`: both doors are known and stand in different buildings, whatever the words say. */
function samePlace(
	about: DemandRow,
	row: DemandRow,
	doors: Doors
): SamePlace | 'elsewhere' | undefined {
	const words = m.secretary.duplicate;
	if (about.household !== undefined && about.household === row.household)
		return { is: 'household', words: words.sameHousehold, weight: 0.6 };
	const [here, there] = [about.household, row.household].map((id) => doors.get(id ?? ''));
	if (here && there) {
		if (!isSameBuilding(here, there)) return 'elsewhere';
		return isSameUnit(here, there)
			? { is: 'unit', words: words.sameUnit, weight: 0.5 }
			: { is: 'building', words: words.sameBuilding, weight: 0.3 };
	}
	const place = squeezed(about.place ?? '');
	if (place !== '' && place === squeezed(row.place ?? ''))
		return { is: 'place', words: words.samePlace, weight: 0.4 };
	return undefined;
}

/** Dice's coefficient of the pairs of characters of two texts: 1 for the same, 0 for nothing shared. */
export function similarity(one: string, other: string): number {
	const [a, b] = [pairs(one), pairs(other)];
	if (a.length === 0 || b.length === 0) return squeezed(one) === squeezed(other) ? 1 : 0;
	const left = new Map<string, number>();
	for (const pair of a) left.set(pair, (left.get(pair) ?? 0) + 1);
	let shared = 0;
	for (const pair of b) {
		const count = left.get(pair) ?? 0;
		if (count === 0) continue;
		left.set(pair, count - 1);
		shared += 1;
	}
	return (2 * shared) / (a.length + b.length);
}

/** The longest run of at least two letters that both titles have. */
export function sharedWord(one: string, other: string): string | undefined {
	const [a, b] = [squeezed(one), squeezed(other)];
	for (let length = Math.min(a.length, b.length, 12); length >= 2; length--)
		for (let start = 0; start + length <= a.length; start++) {
			const part = a.slice(start, start + length);
			if (b.includes(part) && !/^\d+$/.test(part)) return part;
		}
	return undefined;
}

function pairs(text: string): readonly string[] {
	const letters = [...squeezed(text)];
	return letters.slice(1).map((letter, i) => `${letters[i] ?? ''}${letter}`);
}

function squeezed(text: string): string {
	return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
