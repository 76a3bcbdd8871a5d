/** A row of the sheet that tells otherwise of somebody who is in the register: whom, and from what to what. */
import { householdName } from '#lib/field/household-words.ts';
import type { Differing } from '#lib/homes/register-import.ts';
import { m } from '#lib/i18n/index.ts';
import { doorWords } from '#lib/ui/demand-words.ts';
import { changeWords, type Speaking } from '#lib/ui/record-words.ts';

/** Numbers are masked, as in a history. */
export function differingLine({ home, person, changes }: Differing, speaking: Speaking): string {
	const words = m.homes.import;
	const before = new Map<string, unknown>(Object.entries(person ?? home));
	const said = Object.entries(changes)
		.flatMap(([field, to]) => changeWords({ field, from: before.get(field), to }, speaking))
		.map(({ field, from, to }) => words.change(field, from || words.empty, to));
	const who = person?.name ?? householdName(home);
	return words.differs(`${doorWords(home)} ${who}`, said.join(m.secretary.comma));
}
