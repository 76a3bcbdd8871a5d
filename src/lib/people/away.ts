/** Who is in the roster and not there to be given anything: 暂停, or gone. */
import type { PersonId } from '#domain/ids.ts';
import type { PersonRow } from '#domain/kinds/person.ts';

export function awayAmong(cards: readonly PersonRow[]): ReadonlySet<PersonId> {
	return new Set(cards.filter(({ state }) => state !== 'active').map(({ person }) => person));
}
