/** 交接: doors that changed hands in these days, by whom they were taken over from. */
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { isLive } from '#domain/kinds/household-round.ts';
import { DAY } from '#domain/spans.ts';

/** How long whoever took doors over is told so. */
const TOLD_FOR = 14 * DAY;

export interface Taken {
	readonly name: string;
	readonly from: number;
	readonly count: number;
}

/** The latest first. */
export function tookOver(homes: readonly HouseholdRow[], now: number): readonly Taken[] {
	const taken = new Map<string, Taken>();
	for (const row of homes) {
		const { handedBy: name, linkedFrom: from } = row;
		if (!isLive(row) || name === undefined || from === undefined) continue;
		if (now - from > TOLD_FOR) continue;
		const key = `${from} ${name}`;
		taken.set(key, { name, from, count: (taken.get(key)?.count ?? 0) + 1 });
	}
	return [...taken.values()].sort((a, b) => b.from - a.from);
}
