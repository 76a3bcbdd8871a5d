/** What the register says of a household. */
import type { HouseholdRow } from '#domain/kinds/household.ts';
import { m } from '#lib/i18n/index.ts';

interface Fact {
	readonly term: string;
	readonly words: string;
}

export function homeFacts(row: HouseholdRow): readonly Fact[] {
	const words = m.member.home;
	const groups = row.groups.map((group) => m.group[group]).join(m.records.separator);
	const told: readonly (readonly [string, string | undefined])[] = [
		[words.tier, m.careTier[row.tier]],
		[words.groups, groups],
		[m.records.fieldWords.tenure, row.tenure === undefined ? undefined : m.tenure[row.tenure]],
		[words.size, row.size === undefined ? undefined : m.records.size(row.size)]
	];
	return told.flatMap(([term, said]) => (said ? [{ term, words: said }] : []));
}
